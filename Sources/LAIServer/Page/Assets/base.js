// What every part of the page uses.
export const root = document.documentElement
export const $ = (what, where = document) => where.querySelector(what)
export const $$ = (what, where = document) => [...where.querySelectorAll(what)]
export const here = () => root.dataset.conversation
export const later = (wait, body) => { let timer; return () => { clearTimeout(timer); timer = setTimeout(body, wait) } }

async function ask(path, options) {
  let answer
  try { answer = await fetch(path, options) } catch { throw new Error('LAI cannot be reached. Nothing that you wrote is lost.') }
  if (answer.ok) return answer
  const problem = await answer.json().catch(() => ({}))
  throw Object.assign(new Error(problem.detail ?? `The server answered ${answer.status}.`), { status: answer.status })
}

export async function api(method, path, body, more) {
  const json = body && { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }
  const answer = await ask('/lai/v1/' + path, { method, ...json, ...more })
  return answer.status === 204 ? null : answer.json()
}

// Sends, and hears an event stream as the answer.
export async function stream(path, take) {
  const answer = await ask('/lai/v1/' + path, { method: 'POST' })
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader()
  for (let rest = '', piece; !(piece = await reader.read()).done;) {
    const frames = (rest + piece.value).split('\n\n')
    rest = frames.pop()
    for (const frame of frames) { const [, kind, data] = /^event:(.*)\ndata:(.*)$/s.exec(frame) ?? []; if (kind) take(kind, JSON.parse(data)) }
  }
}

export async function fragment(path) {
  const template = document.createElement('template')
  template.innerHTML = await (await ask('/page/' + path)).text()
  return template.content
}

export function make(tag, properties, ...children) {
  const element = Object.assign(document.createElement(tag), properties)
  element.append(...children)
  return element
}

export const say = text => { $('#status').textContent = text }

let timer
// A short message; with an action it can be undone for a while.
export function toast(text, label, action) {
  clearTimeout(timer)
  const box = $('#toast')
  box.replaceChildren(make('span', { textContent: text }))
  const close = () => box.replaceChildren()
  if (label) box.append(make('button', { textContent: label, onclick: () => { clearTimeout(timer); close(); action() } }))
  timer = setTimeout(close, label ? 8000 : 5000)
}

// Runs an action, and says what went wrong.
export async function attempt(body) {
  try { return await body() } catch (error) { toast(error.message) }
}

export function dialog(id, ...children) {
  $('dialog')?.remove()
  const box = make('dialog', { id }, ...children)
  $('h2', box).id = 'heading'
  box.setAttribute('aria-labelledby', 'heading')
  box.append(make('button', { className: 'i-close icon close', ariaLabel: 'Close', onclick: () => box.close() }))
  box.onclick = event => { if (event.target === box) box.close() }
  box.onclose = () => box.remove()
  document.body.append(box)
  box.showModal()
  return box
}

// What this browser remembers.
export const memory = {
  get(key, other) { try { return JSON.parse(localStorage['lai.' + key]) } catch { return other } },
  set(key, value) { try { value == null ? delete localStorage['lai.' + key] : localStorage['lai.' + key] = JSON.stringify(value) } catch {} },
}
export const cookie = (name, value) => { document.cookie = `lai_${name}=${value}; path=/; max-age=31536000; samesite=strict` }
