import { AddinFrame, type HostSurroundings } from '../host/addin-frame.ts';
import type { HostItem } from '../host/host-method.ts';
import type { SurfaceCommand } from '../model/manifest.ts';
import { element } from '../element.ts';
import { icon } from './icons.ts';

export interface TaskPaneParts {
  readonly surroundings: HostSurroundings;
  readonly command: SurfaceCommand;
  readonly item: HostItem;
  readonly contextData: string | null;
  readonly pinned: boolean;
  readonly pin: (pinned: boolean) => void;
  readonly close: () => void;
}

/** The add-in's pane beside the mail, under a header that Outlook draws. */
export class TaskPane {
  readonly element: HTMLElement;
  readonly frame: AddinFrame;

  constructor({ surroundings, command, item, contextData, pinned, pin, close }: TaskPaneParts) {
    const frame = element('iframe', { title: 'Postbro', class: 'pane-frame' });
    this.frame = new AddinFrame({ ...surroundings, kind: 'pane', url: command.paneUrl, frame, item, contextData });
    const pinButton = element('button', { type: 'button', class: 'quiet-button', 'aria-label': 'Fastgør panelet', 'aria-pressed': String(pinned), onclick: () => {
      const now = pinButton.getAttribute('aria-pressed') !== 'true';
      pinButton.setAttribute('aria-pressed', String(now));
      pin(now);
    } }, icon('pin'));
    this.element = element('aside', { class: 'task-pane card', 'aria-label': command.label },
      element('div', { class: 'pane-head' },
        commandIcon(command),
        element('h2', {}, command.label), element('span', { class: 'grow' }),
        command.pinnable ? pinButton : null,
        element('button', { type: 'button', class: 'quiet-button', 'aria-label': 'Luk panelet', onclick: close }, icon('close'))),
      frame);
  }

  close(): void {
    this.frame.close();
    this.element.remove();
  }
}

/** The button by which the pane is opened and closed. */
export function paneButton(command: SurfaceCommand, toggle: () => void): HTMLButtonElement {
  return element('button', { type: 'button', class: 'pane-button', 'aria-expanded': 'false', onclick: toggle },
    commandIcon(command), command.label);
}

/** The manifest's own picture; one of ours where it cannot be had. */
function commandIcon({ icon: source }: SurfaceCommand): Element {
  if (source === null) return icon('mail');
  const picture = element('img', { src: source, alt: '', width: '20', height: '20', onerror: () => picture.replaceWith(icon('mail')) });
  return picture;
}
