export interface SsmPeer {
  /** Value of a parameter as CloudFormation resolves it, SecureString decrypted; throws `ParameterNotFound`. */
  value(name: string): { readonly type: string; readonly value: string };
}
