import { readFrameName } from './dialog-name.ts';
import { readNothingAsXml } from './empty-xml.ts';
import { installLogOnBridge } from './log-on-bridge.ts';
import { installMicrosoftAjax } from './microsoft-ajax.ts';
import { officeUser } from './office-user.ts';

// Before the real office.js: what it would fetch from elsewhere, and the log-on that Outlook gives beside it.
installMicrosoftAjax();
readNothingAsXml();
if (readFrameName()?.logsOn !== false) installLogOnBridge(officeUser);
