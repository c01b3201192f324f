export interface BounceKind {
  readonly type?: 'Permanent' | 'Transient' | 'Undetermined';
  readonly subType?: string;
  /** A mailbox answered by itself, and no server says that a delivery failed. */
  readonly isAnswer?: boolean;
}

/** The event of SES about a mail of an alert that came back, as EventBridge hands it on; refused by a server unless it says otherwise. */
export const aMailBounce = (
  mail: { readonly alertId: string; readonly messageId: string; readonly to: string },
  { type = 'Permanent', subType = 'General', isAnswer = false }: BounceKind = {},
) => ({
  version: '0',
  id: 'e-1',
  'detail-type': 'Email Bounced',
  source: 'aws.ses',
  account: '123456789012',
  time: '2026-01-15T12:00:05Z',
  region: 'us-east-1',
  resources: ['arn:aws:ses:us-east-1:123456789012:configuration-set/tracked'],
  detail: {
    eventType: 'Bounce',
    bounce: {
      feedbackId: '0100019bc44f053b-61b59c11-9236-11e6-8f96-7be8aexample-000000',
      bounceType: type,
      bounceSubType: subType,
      bouncedRecipients: [
        {
          emailAddress: mail.to,
          ...(!isAnswer && { action: 'failed', status: '5.1.1', diagnosticCode: 'smtp; 550 5.1.1 user unknown' }),
        },
      ],
      timestamp: '2026-01-15T12:00:04.669Z',
      reportingMTA: 'dsn; mta.example.com',
    },
    mail: {
      timestamp: '2026-01-15T12:00:02.012Z',
      source: 'alerts@example.com',
      sendingAccountId: '123456789012',
      messageId: mail.messageId,
      destination: [mail.to],
      headersTruncated: false,
      tags: {
        'ses:configuration-set': ['tracked'],
        lamplighter: ['dev'],
        'lamplighter-alert': [mail.alertId],
      },
    },
  },
});
