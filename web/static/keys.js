// Keys for lists of items, and suggestions in the words box. Pages are complete without it.
'use strict';

const fields = 'input, select, textarea, [contenteditable]';
const dialog = document.getElementById('keys');
const choice = document.getElementById('keys-on');
const opener = document.getElementById('keys-open');

// Single keys can be switched off (WCAG 2.1.4). Where nothing may be kept, the choice lasts as long as the page.
try { choice.checked = localStorage.getItem('keys') !== 'off'; } catch {}
choice.addEventListener('change', () => {
  try { localStorage.setItem('keys', choice.checked ? 'on' : 'off'); } catch {}
});
opener.hidden = false;
opener.addEventListener('click', () => dialog.showModal());

// The row that has the focus or holds what has it; real focus, so that Enter and screen readers follow.
function move(by) {
  const rows = [...document.querySelectorAll('main .row, main .related li')];
  const now = rows.findIndex((row) => row.contains(document.activeElement));
  const row = rows[Math.min(Math.max(now + by, 0), rows.length - 1)];
  if (!row) return;
  row.querySelector('a').focus({ preventScroll: true });
  row.scrollIntoView({ block: 'nearest' });
}

const keys = {
  '/': () => (document.getElementById('q') || document.getElementById('words')).select(),
  j: () => move(1),
  k: () => move(-1),
  o: () => document.activeElement.closest('main .row, main .related li')?.querySelector('a').click(),
  '?': () => dialog.showModal(),
};

document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.defaultPrevented) return;
  if (!choice.checked || dialog.open || event.target.closest?.(fields) || !Object.hasOwn(keys, event.key)) return;
  event.preventDefault();
  keys[event.key]();
});

// What a tag says on hover or focus goes with Esc, until it is asked for again (WCAG 1.4.13).
document.addEventListener('keydown', (event) => {
  if (event.key !== 'Escape') return;
  for (const tag of document.querySelectorAll('.glance li:is(:hover, :focus-within)')) {
    tag.classList.add('closed');
    for (const leave of ['pointerleave', 'focusout']) tag.addEventListener(leave, () => tag.classList.remove('closed'), { once: true });
  }
});

// A combobox with a list (ARIA Authoring Practices): the focus stays in the box, the active option is told.
function suggestIn(box) {
  const list = document.createElement('ul');
  list.id = box.id + '-list';
  list.className = 'suggestions';
  list.role = 'listbox';
  list.ariaLabel = 'Filters';
  list.hidden = true;
  box.after(list);
  box.type = 'text';
  box.role = 'combobox';
  box.autocomplete = 'off';
  box.ariaAutoComplete = 'list';
  box.ariaExpanded = 'false';
  box.setAttribute('aria-controls', list.id);
  let wait, call, active = -1;

  function close() {
    clearTimeout(wait);
    call?.abort();
    list.hidden = true;
    list.replaceChildren();
    box.ariaExpanded = 'false';
    mark(-1);
  }

  function mark(at) {
    active = at;
    [...list.children].forEach((option, place) => { option.ariaSelected = String(place === at); });
    const option = list.children[at];
    if (!option) return box.removeAttribute('aria-activedescendant');
    box.setAttribute('aria-activedescendant', option.id);
    option.scrollIntoView({ block: 'nearest' });
  }

  function take(option) {
    const text = box.value;
    close();
    box.value = text.slice(0, text.length - option.dataset.replaces.length) + option.dataset.value + ' ';
  }

  function show(suggestions) {
    list.replaceChildren(...suggestions.map(({ value, name, replaces }, at) => {
      const option = document.createElement('li');
      option.id = list.id + at;
      option.role = 'option';
      Object.assign(option.dataset, { value, replaces });
      const code = document.createElement('code');
      code.textContent = value;
      option.append(name + ' ', code);
      return option;
    }));
    list.hidden = !suggestions.length;
    box.ariaExpanded = String(!list.hidden);
    mark(-1);
  }

  async function ask() {
    const text = box.value;
    call = new AbortController();
    try {
      const answer = await fetch('/api/v1/suggest?' + new URLSearchParams({ q: text }), { signal: call.signal });
      const { suggestions } = answer.ok ? await answer.json() : { suggestions: [] };
      if (box.value === text && document.activeElement === box) show(suggestions);
    } catch { /* Somebody typed on, or there is no network: the box works as it is. */ }
  }

  box.addEventListener('input', (event) => {
    close();
    const isAtEnd = box.selectionStart === box.value.length;
    const letters = box.value.match(/[\p{L}\p{N}]/gu) || [];
    if (!event.isComposing && isAtEnd && letters.length > 1 && /\S$/.test(box.value)) wait = setTimeout(ask, 150);
  });
  box.addEventListener('compositionend', () => box.dispatchEvent(new Event('input')));
  box.addEventListener('blur', close);
  box.addEventListener('keydown', (event) => {
    const count = list.children.length;
    if (!count || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    // One place more than there are options: none, the text as it was typed.
    if (event.key === 'ArrowDown') mark(active + 1 < count ? active + 1 : -1);
    else if (event.key === 'ArrowUp') mark(active < 0 ? count - 1 : active - 1);
    else if (event.key === 'Enter' && active >= 0) take(list.children[active]);
    else if (event.key === 'Escape') close();
    else return;
    event.preventDefault();
  });
  // Before the box loses the focus.
  list.addEventListener('mousedown', (event) => {
    event.preventDefault();
    const option = event.target.closest('li');
    if (option) take(option);
  });
}

document.querySelectorAll('.find input[name=q]').forEach(suggestIn);
