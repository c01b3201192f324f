/** When a schedule or a group was made and last changed, as the API writes it. */
export const times = ({ createdAt, changedAt }: { readonly createdAt: number; readonly changedAt: number }) => ({
  CreationDate: createdAt / 1000,
  LastModificationDate: changedAt / 1000,
});
