/**
 * office.js reads the token of a store that no add-in here comes from: nothing, read as XML. The browser makes a page about
 * that fault, with styles that the pane's policy stops, and reports. Nothing is read as an empty element instead.
 */
export function readNothingAsXml(): void {
  const { parseFromString } = DOMParser.prototype;
  DOMParser.prototype.parseFromString = function (this: DOMParser, text, type) {
    return parseFromString.call(this, text === '' && type === 'text/xml' ? '<nothing/>' : text, type);
  };
}
