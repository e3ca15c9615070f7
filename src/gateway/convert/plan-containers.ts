/** How many messages, and how many bytes of their XML, one container may hold, and from how many recipients up they are used. */
export interface ContainerLimits {
  readonly recipientsMin: number;
  readonly messagesMax: number;
  readonly bytesMax: number;
}

/** A container to be: its id, and how many messages it holds. */
export interface PlannedContainer {
  readonly id: string;
  readonly messages: number;
}

export interface ContainerPlan {
  /** For each message, in order, the container it goes in; null for one that goes by itself. */
  readonly containerOf: readonly (string | null)[];
  readonly containers: readonly PlannedContainer[];
}

/**
 * Puts the messages of a mass send in containers, in their order, as many in each as it may hold. What would be alone in
 * one goes by itself: an answer about one message says more. `sizes` are bytes of XML.
 */
export function planContainers(sizes: readonly number[], limits: ContainerLimits, newId: () => string): ContainerPlan {
  if (sizes.length < limits.recipientsMin) return { containerOf: sizes.map(() => null), containers: [] };
  const containerOf: (string | null)[] = [];
  const containers: PlannedContainer[] = [];
  for (let start = 0; start < sizes.length; ) {
    let end = start;
    let bytes = 0;
    while (end < sizes.length && (end === start || fits(bytes + (sizes[end] ?? 0), end - start, limits))) {
      bytes += sizes[end] ?? 0;
      end += 1;
    }
    const messages = end - start;
    const id = messages > 1 ? newId() : null;
    for (; start < end; start++) containerOf.push(id);
    if (id !== null) containers.push({ id, messages });
  }
  return { containerOf, containers };
}

function fits(bytes: number, messagesBefore: number, { messagesMax, bytesMax }: ContainerLimits): boolean {
  return bytes <= bytesMax && messagesBefore < messagesMax;
}
