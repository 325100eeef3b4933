"""What is measured of a page inside the browser, as scripts that give plain values."""

# Links, buttons and boxes that the Tab key must reach; of a group of radio buttons one, for arrows move inside it.
TABBABLE = """() => [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex]")]
  .filter(one => one.tabIndex >= 0 && !one.disabled && one.type !== "hidden" && one.checkVisibility())
  .map((one, place) => { one.dataset.place = place; return place; })"""

FOCUSED = "() => document.activeElement === document.body ? null : Number(document.activeElement.dataset.place ?? -1)"

# How wide the mark around the focused element is, in pixels, and how much it stands out from what lies behind.
FOCUS_MARK = """() => {
  const one = document.activeElement, style = getComputedStyle(one);
  const parts = colour => (colour.match(/[0-9.]+/g) ?? ["0", "0", "0", "0"]).map(Number);
  const lightness = colour => {
    const [red, green, blue] = parts(colour).map(part => {
      const share = part / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const isSolid = colour => parts(colour).length < 4 || parts(colour)[3] === 1;
  let behind = one.parentElement;
  while (behind.parentElement && !isSolid(getComputedStyle(behind).backgroundColor)) behind = behind.parentElement;
  const two = [lightness(style.outlineColor), lightness(getComputedStyle(behind).backgroundColor)];
  const contrast = (Math.max(...two) + 0.05) / (Math.min(...two) + 0.05);
  const box = one.getBoundingClientRect();
  const isSeen = box.bottom > 0 && box.right > 0 && box.top < innerHeight && box.left < innerWidth;
  const width = style.outlineStyle === "none" ? 0 : parseFloat(style.outlineWidth);
  return {width, contrast, isSeen, what: one.outerHTML.slice(0, 80)};
}"""

# Text that a box cuts off; what is hidden from the eye on purpose is at most one pixel large.
CUT_OFF = """() => [...document.body.querySelectorAll("*")].filter(one => {
    const style = getComputedStyle(one);
    const cuts = way => ["hidden", "clip"].includes(style[way]) && one.clientWidth > 1;
    const isText = [...one.childNodes].some(node => node.nodeType === Node.TEXT_NODE && node.data.trim());
    return isText && ((cuts("overflowX") && one.scrollWidth > one.clientWidth + 1)
      || (cuts("overflowY") && one.scrollHeight > one.clientHeight + 1));
  }).map(one => one.outerHTML.slice(0, 80))"""

TWICE_THE_TEXT = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(":root { font-size: 200% !important; }");
  document.adoptedStyleSheets = [sheet];
}"""

LAYOUT_SHIFT = """() => new Promise(done => {
  let sum = 0;
  new PerformanceObserver(list => list.getEntries().forEach(one => { sum += one.value; }))
    .observe({type: "layout-shift", buffered: true});
  requestAnimationFrame(() => requestAnimationFrame(() => done(sum)));
})"""

# The longest movement of anything on the page, in seconds.
MOVEMENT = """() => Math.max(...[...document.querySelectorAll("*")].flatMap(one => {
  const style = getComputedStyle(one);
  return [style.transitionDuration, style.animationDuration].flatMap(text => text.split(",").map(parseFloat));
}))"""
