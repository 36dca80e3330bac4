// Does what buttons and forms say of themselves.
import { $, $$, root, here, api, fragment, make, memory, toast, attempt, dialog, cookie, stream } from './base.js'
import { sync } from './sync.js'
import { option, ordered, stop } from './composer.js'

const parameters = () => { const known = memory.get('parameters.' + (here() ?? 'new')); return known && { parameters: known } }
const again = (id, button) => api('POST', `messages/${id}/${button.dataset.act}`, parameters() ?? {})
const choose = (id, button) => api('POST', `messages/${button.dataset.to}/choose`)
const isFile = part => part.type !== 'text' || /^\n\n[^\n]+:\n\n````\n/.test(part.text)
const words = message => message.parts.filter(part => !isFile(part)).map(part => part.text).join('')

async function copy(text, button) {
  await navigator.clipboard.writeText(text)
  if (!button) return
  const [label, name] = [button.textContent, button.className]
  if (label) button.textContent = 'Copied'; else button.className = 'i-done icon'
  setTimeout(() => { button.textContent = label; button.className = name }, 1500)
}

async function edit(id, button) {
  const article = button.closest('.msg')
  const message = await api('GET', 'messages/' + id)
  const text = make('textarea', { value: words(message), ariaLabel: 'Edit the message' })
  const close = () => { form.remove(); article.classList.remove('editing'); $('#text').focus() }
  const form = make('form', { className: 'editor' }, text,
    make('div', {}, make('button', { type: 'button', textContent: 'Cancel', onclick: close }), make('button', { className: 'primary', textContent: 'Send' })))
  form.onsubmit = event => {
    event.preventDefault()
    attempt(async () => {
      await api('POST', `messages/${id}/edit`, { parts: ordered(message.parts.filter(isFile), text.value.trim()), ...parameters() })
      close()
      await sync()
    })
  }
  text.onkeydown = event => {
    if (event.key === 'Escape') { event.stopPropagation(); close() }
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) { event.preventDefault(); form.requestSubmit() }
  }
  article.classList.add('editing')
  article.append(form)
  text.focus()
}

let going
// What is deleted goes a while later, so that it can stay after all.
function remove(id, button) {
  const articles = $$('.msg').slice($$('.msg').indexOf(button.closest('.msg')))
  const hide = isHidden => articles.forEach(article => { article.hidden = isHidden })
  going?.()
  const timer = setTimeout(() => going?.(), 8000)
  going = () => {
    clearTimeout(timer)
    going = null
    api('DELETE', 'messages/' + id, null, { keepalive: true }).then(sync, error => { hide(false); toast(error.message) })
  }
  hide(true)
  toast(articles.length > 1 ? 'Deleted, with what follows.' : 'Deleted.', 'Undo', () => { clearTimeout(timer); going = null; hide(false) })
}

const acts = {
  regenerate: again, retry: again, continue: again, prev: choose, next: choose, edit, delete: remove,
  copy: async (id, button) => copy(words(await api('GET', 'messages/' + id)), button),
  fork: async id => location.assign('/c/' + (await api('POST', `conversations/${here()}/fork`, { message: id })).id),
  receipt: id => open(`messages/${id}/receipt`),
  'copy-code': (id, button) => copy($('code', button.closest('.code')).textContent, button),
}

// data-do: a request; data-json: its body; data-undo: the body that undoes it; data-go: where to go then.
async function perform(element, body) {
  const { do: what, json, say, undo, go } = element.dataset
  const [method, path] = what.split(' ')
  const answer = await api(method, path, body ?? (json && JSON.parse(json)))
  const news = { text: say && say.replace('{}', answer?.path ?? answer?.models?.length), path, undo: undo && JSON.parse(undo) }
  if (go && (!element.dataset.of || element.dataset.of === here())) {
    memory.set('news', news)
    return location.assign(go)
  }
  tell(news)
  document.dispatchEvent(new Event('lai:done'))
  await sync()
}

function tell({ text, path, undo } = {}) {
  if (text) toast(text, undo && 'Undo', () => attempt(async () => { await api('PATCH', path, undo); document.dispatchEvent(new Event('lai:done')) }))
}

export async function open(path) {
  const box = dialog(path.split('/').at(-1), await fragment(path))
  for (const field of $$('[name^="p."]', box)) field.value = parameters()?.parameters[field.name.slice(2)] ?? ''
  if ($('form[data-new]', box)) $('[name="system"]', box).value = memory.get('system.new', '')
  return box
}

async function menu(button) {
  const box = $('#menu'), place = button.getBoundingClientRect()
  box.replaceChildren(await fragment(`conversations/${button.dataset.menu}/menu`))
  box.showPopover()
  box.style.left = Math.max(8, Math.min(place.left, innerWidth - box.offsetWidth - 8)) + 'px'
  box.style.top = Math.min(place.bottom + 4, innerHeight - box.offsetHeight - 8) + 'px'
  $('button', box).focus()
  box.onclick = () => box.hidePopover()
  box.ontoggle = event => event.newState === 'closed' && button.focus()
}

const value = field => field.type === 'checkbox' ? field.checked : 'list' in field.dataset ? field.value.split(',').map(tag => tag.trim()).filter(Boolean)
  : field.type === 'number' && field.value ? +field.value : field.value || null

function submit(form) {
  const body = {}, settings = {}
  for (const field of form.elements) if (field.name.startsWith('p.')) { if (field.value) settings[field.name.slice(2)] = value(field) } else if (field.name) body[field.name] = value(field)
  if ('parameters' in form.dataset) memory.set('parameters.' + (here() ?? 'new'), Object.keys(settings).length ? settings : null)
  form.closest('dialog')?.close()
  if ('new' in form.dataset) return memory.set('system.new', body.system)
  return attempt(() => perform(form, body))
}

async function models() {
  const box = dialog('models', make('h2', { textContent: 'Model' }), make('p', { className: 'empty', textContent: 'Looking for models …' }))
  $('.empty', box).replaceWith(await fragment('models'))
  const input = $('input', box), list = $('.list', box), all = $$('[role="option"]', list), recent = memory.get('recent', [])
  for (const name of recent.toReversed()) list.prepend(...all.filter(item => item.dataset.model === name))
  const pick = item => {
    const { model } = item.dataset
    Object.assign($('#model').dataset, { model })
    $('#model span').textContent = model || 'Default model'
    if (model) memory.set('recent', [model, ...recent.filter(name => name !== model)].slice(0, 5))
    option({ model: model || null })
    box.close()
    $('#text').focus()
  }
  const select = chosen => {
    for (const item of all) item.ariaSelected = item === chosen
    chosen?.scrollIntoView({ block: 'nearest' })
    input.setAttribute('aria-activedescendant', chosen?.id ?? '')
  }
  const shown = () => $$('[role="option"]:not([hidden])', list)
  input.oninput = () => {
    for (const item of all) item.hidden = !item.textContent.toLowerCase().includes(input.value.toLowerCase()) || ($('#local-only').checked && 'remote' in item.dataset)
    select(shown()[0])
  }
  input.onkeydown = event => {
    const items = shown(), at = items.findIndex(item => item.ariaSelected === 'true')
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step) { event.preventDefault(); select(items[(at + step + items.length) % items.length]) }
    if (event.key === 'Enter' && items[at]) { event.preventDefault(); pick(items[at]) }
  }
  list.onclick = event => { const item = event.target.closest('[role="option"]'); if (item) pick(item) }
  input.oninput()
  input.focus()
}

// Sets up the local model, which tells how far it is.
async function setUpLocal(button) {
  const bar = make('progress', { ariaLabel: 'Progress' }), text = make('p', { role: 'status' })
  button.replaceWith(bar, text)
  await stream('local-model', (kind, news) => {
    if (kind === 'progress') { text.textContent = news.text; news.share == null ? bar.removeAttribute('value') : bar.value = news.share }
    if (kind === 'error') { text.textContent = news.detail; bar.remove() }
    if (kind === 'done') location.reload()
  })
}

export function setUp() {
  document.addEventListener('click', event => {
    const button = event.target.closest?.('[data-act], button[data-do], [data-open], [data-menu], [data-setup], #model, #help, #show, #hide, #veil')
    if (!button) return
    const { act, open: path, menu: id, do: what } = button.dataset
    attempt(async () => {
      if (act) { await acts[act](button.closest('.msg')?.dataset.id, button); if (button.dataset.to || [again].includes(acts[act])) await sync() }
      else if (what) await perform(button)
      else if (path) await open(path)
      else if (id) await menu(button)
      else if ('setup' in button.dataset) await setUpLocal(button)
      else if (button.id === 'model') await models()
      else if (button.id === 'help') await open('help')
      else fold()
    })
  })
  document.addEventListener('submit', event => { if ('do' in event.target.dataset || 'new' in event.target.dataset) { event.preventDefault(); submit(event.target) } })
  addEventListener('pagehide', () => going?.())
  document.addEventListener('keydown', event => {
    const key = event.key.toLowerCase(), isCommand = event.ctrlKey || event.metaKey
    const ways = { k: () => { if (!isOpen()) fold(); $('#search').focus() }, '/': () => open('help') }
    const shifted = { o: () => location.assign('/'), s: fold }
    const way = isCommand && (event.shiftKey ? shifted[key] ?? ways[key === '?' ? '/' : ''] : ways[key])
    if (way) { event.preventDefault(); way() }
    if (key === 'escape' && !$('dialog[open], :popover-open')) {
      if (root.classList.contains('drawer')) fold()
      else if (root.classList.contains('running')) stop()
    }
  })
  for (const box of $$('[data-load]')) fragment(box.dataset.load).then(content => { if (content.childElementCount) { box.hidden = false; box.replaceChildren(content) } }).catch(() => {})
  tell(memory.get('news'))
  memory.set('news')
}

const isNarrow = () => matchMedia('(max-width: 799px)').matches
const isOpen = () => isNarrow() ? root.classList.contains('drawer') : root.dataset.sidebar === 'shown'
function fold() {
  if (isNarrow()) root.classList.toggle('drawer')
  else cookie('sidebar', root.dataset.sidebar = isOpen() ? 'hidden' : 'shown')
  $(isOpen() ? '#search' : '#show').focus()
}
