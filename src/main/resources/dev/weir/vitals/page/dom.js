// Builds and updates the page. All text goes in as text nodes: what a client or an upstream wrote is never markup.

/** An element with attributes and children; a child that is no element becomes text. */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    made.setAttribute(name, value);
  }
  made.append(...children);
  return made;
}

/** Writes only what differs, so that a selection in unchanged text survives. */
export function setText(target, text) {
  if (target.textContent !== text) {
    target.textContent = text;
  }
}

export function setAttribute(target, name, value) {
  if (target.getAttribute(name) !== value) {
    target.setAttribute(name, value);
  }
}

export function show(target, visible) {
  if (target.hidden === visible) {
    target.hidden = !visible;
  }
}

export const byId = id => document.getElementById(id);

const rowsOf = new WeakMap();

/**
 * Makes the children of a parent those of a list, one for each key, updated in place: what stays keeps its element, and with
 * it focus, scroll position and selection. `create(item)` gives {node, update(item)}.
 */
export function keyed(parent, items, keyOf, create) {
  const before = rowsOf.get(parent) ?? new Map();
  const now = new Map();
  for (const item of items) {
    const key = keyOf(item);
    if (!now.has(key)) {
      const row = before.get(key) ?? create(item);
      row.update(item);
      now.set(key, row);
    }
  }
  for (const [key, row] of before) {
    if (!now.has(key)) {
      row.node.remove();
    }
  }
  let next = [...now.values()][0] && firstOf(parent, before, now);
  for (const row of now.values()) {
    if (row.node === next) {
      next = next.nextElementSibling;
    } else {
      parent.insertBefore(row.node, next ?? null);
    }
  }
  rowsOf.set(parent, now);
}

/** The first child that is a row of ours: a table has its caption and head before them. */
function firstOf(parent, before, now) {
  const ours = new Set([...before.values(), ...now.values()].map(row => row.node));
  return [...parent.children].find(child => ours.has(child));
}

/** Regions that scroll can be reached with the keyboard; those that do not are no stop on the way. */
export function focusableWhileScrolling(regions) {
  const look = region => {
    const scrolls = region.scrollWidth > region.clientWidth || region.scrollHeight > region.clientHeight;
    if (scrolls) {
      setAttribute(region, 'tabindex', '0');
    } else if (document.activeElement !== region) {
      region.removeAttribute('tabindex');
    }
  };
  const sizes = new ResizeObserver(changes => changes.forEach(({target}) => look(target.closest('.scroll'))));
  for (const region of regions) {
    sizes.observe(region);
    for (const content of region.children) {
      sizes.observe(content);
    }
  }
}
