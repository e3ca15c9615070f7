import { CheckmarkCircle20Filled } from '@fluentui/react-icons/svg/checkmark-circle';
import { Clock20Regular } from '@fluentui/react-icons/svg/clock';
import { ArrowSync20Regular } from '@fluentui/react-icons/svg/arrow-sync';
import { CloudOff20Regular } from '@fluentui/react-icons/svg/cloud-off';
import { DismissCircle20Filled } from '@fluentui/react-icons/svg/dismiss-circle';
import { Info20Regular } from '@fluentui/react-icons/svg/info';
import { Person20Regular } from '@fluentui/react-icons/svg/person';
import { QuestionCircle20Regular } from '@fluentui/react-icons/svg/question-circle';
import { ShieldCheckmark20Regular } from '@fluentui/react-icons/svg/shield-checkmark';
import { ShieldError20Regular } from '@fluentui/react-icons/svg/shield-error';
import { ShieldKeyhole20Regular } from '@fluentui/react-icons/svg/shield-keyhole';
import { SubtractCircle20Regular } from '@fluentui/react-icons/svg/subtract-circle';
import { Warning20Filled } from '@fluentui/react-icons/svg/warning';
import type { ReactElement } from 'react';
import { tokens } from './tokens.ts';

/** How something stands; always said in words beside the icon. */
export type ShownState = 'ok' | 'look' | 'stop' | 'checking' | 'unknown' | 'info' | 'protected' | 'guard' | 'held' | 'stopped' | 'approved' | 'colleague' | 'away';

const icons = {
  ok: [CheckmarkCircle20Filled, tokens.colorStatusSuccessForeground1],
  look: [Warning20Filled, tokens.colorStatusWarningForeground3],
  stop: [DismissCircle20Filled, tokens.colorStatusDangerForeground1],
  checking: [ArrowSync20Regular, tokens.colorNeutralForeground3],
  unknown: [QuestionCircle20Regular, tokens.colorNeutralForeground3],
  info: [Info20Regular, tokens.colorNeutralForeground3],
  protected: [ShieldKeyhole20Regular, tokens.colorBrandForeground1],
  held: [Clock20Regular, tokens.colorBrandForeground1],
  stopped: [SubtractCircle20Regular, tokens.colorNeutralForeground3],
  guard: [ShieldError20Regular, tokens.colorStatusDangerForeground1],
  approved: [ShieldCheckmark20Regular, tokens.colorStatusSuccessForeground1],
  away: [CloudOff20Regular, tokens.colorNeutralForeground3],
  colleague: [Person20Regular, tokens.colorNeutralForeground3],
} as const;

/** The icon of a state; says nothing to those who do not see it, for the words beside it do. `small`: beside words of 12 px. */
export function StateIcon({ state, small = false }: { readonly state: ShownState; readonly small?: boolean }): ReactElement {
  const [Icon, color] = icons[state];
  return <Icon aria-hidden style={{ color, flexShrink: 0, ...(small && { width: '16px', height: '16px' }) }} />;
}
