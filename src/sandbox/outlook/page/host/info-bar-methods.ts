import type { InfoBarLine } from '../model/draft.ts';
import { recordOf } from './conversation.ts';
import { HostFailure } from './host-failure.ts';
import { textOf, type HostMethods, type MethodParameters } from './host-method.ts';

/** Lines of one add-in, characters of a key and of a message (outlook.md 1; N outlook-web). */
const LINES_MAX = 5;
const KEY_LENGTH_MAX = 32;
export const MESSAGE_LENGTH_MAX = 150;

/** The info bar of a mail. */
export interface InfoBar {
  readonly infoBar: ReadonlyMap<string, InfoBarLine>;
  setInfoBarLine(line: InfoBarLine): void;
  removeInfoBarLine(key: string): boolean;
}

/** Lines in Outlook's own info bar. */
export function infoBarMethods(bar: InfoBar): HostMethods {
  return {
    33: (parameters) => {
      const line = lineOf(parameters);
      if (bar.infoBar.has(line.key)) throw new HostFailure('DuplicateNotificationKey');
      if (bar.infoBar.size >= LINES_MAX) throw new HostFailure('NumberOfNotificationsExceeded');
      bar.setInfoBarLine(line);
    },
    34: () => [...bar.infoBar.values()].map(({ key, message, type, icon, persistent }) => ({ key, message, type, icon, persistent })),
    // A line that is not there is added (@types/office-js, replaceAsync).
    35: (parameters) => bar.setInfoBarLine(lineOf(parameters)),
    36: (parameters) => {
      if (!bar.removeInfoBarLine(textOf(parameters, 'key'))) throw new HostFailure('NotificationKeyNotFound');
    },
  };
}

function lineOf(parameters: MethodParameters): InfoBarLine {
  const key = textOf(parameters, 'key');
  const message = textOf(parameters, 'message');
  if (key === '' || key.length > KEY_LENGTH_MAX || message === '' || message.length > MESSAGE_LENGTH_MAX) {
    throw new HostFailure('InvalidParameterValueError');
  }
  return {
    key, message, type: Number(parameters['type']), icon: textOf(parameters, 'icon') || null, persistent: parameters['persistent'] === true,
    action: actionOf(parameters['actions']),
  };
}

function actionOf(actions: unknown): InfoBarLine['action'] {
  if (!Array.isArray(actions) || actions.length === 0) return null;
  const { actionText, commandId, contextData } = recordOf(actions[0]);
  const context = contextData === undefined || contextData === null ? null : typeof contextData === 'string' ? contextData : JSON.stringify(contextData);
  return { text: String(actionText ?? ''), commandId: String(commandId ?? ''), contextData: context };
}
