import type { ReactElement } from 'react';

export default function Read(): ReactElement {
  return <p />;
}
