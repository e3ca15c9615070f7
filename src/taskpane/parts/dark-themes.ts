import { teamsHighContrastTheme, webDarkTheme } from '@fluentui/react-components';

export const darkTheme = webDarkTheme;
export const highContrastTheme = teamsHighContrastTheme;
