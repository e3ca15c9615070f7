import type { ReactElement } from 'react';

export default function Compose(): ReactElement {
  return <p />;
}
