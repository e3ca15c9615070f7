import type { ReactElement } from 'react';

export default function NameLookup(): ReactElement {
  return <p />;
}
