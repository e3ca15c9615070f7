import type { ReactElement } from 'react';

export default function System(): ReactElement {
  return <p />;
}
