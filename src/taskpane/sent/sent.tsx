import type { ReactElement } from 'react';

export default function Sent(): ReactElement {
  return <p />;
}
