import type { StoredObject } from '../objects/stored-object.ts';

/** What happened to an object, as notifications tell it. */
export type ObjectChange =
  | { readonly kind: 'created'; readonly key: string; readonly object: StoredObject; readonly by: CreationCall }
  | {
      readonly kind: 'deleted';
      readonly key: string;
      readonly versionId?: string;
      /** A marker was put on the object's versions: nothing is lost. */
      readonly isMarker: boolean;
    }
  | {
      readonly kind: 'tagged';
      readonly key: string;
      readonly object: StoredObject;
      readonly isRemoval: boolean;
    };

/** The call that wrote an object: EventBridge's `reason`. */
export type CreationCall = 'PutObject' | 'CopyObject' | 'CompleteMultipartUpload';

/** `ObjectCreated:Put`: how notifications to functions and queues name it. */
export function eventNameOf(change: ObjectChange): string {
  switch (change.kind) {
    case 'created':
      return `ObjectCreated:${change.by === 'CompleteMultipartUpload' ? change.by : change.by.replace('Object', '')}`;
    case 'deleted':
      return change.isMarker ? 'ObjectRemoved:DeleteMarkerCreated' : 'ObjectRemoved:Delete';
    case 'tagged':
      return change.isRemoval ? 'ObjectTagging:Delete' : 'ObjectTagging:Put';
  }
}
