// The conversations beside the chat, what is unread in them, and what is told of them while nobody looks.
import { $, $$, here, fragment, later, memory, api, cookie, root, attempt, toast } from './base.js'

const box = $('#conversations'), search = $('#search')
const isShown = () => !document.hidden && document.hasFocus()

const load = later(150, async () => {
  const isArchive = location.pathname === '/archive'
  try { box.replaceChildren(await fragment(search.value ? `sidebar?q=${encodeURIComponent(search.value)}` : `sidebar?archived=${isArchive}&current=${here() ?? ''}`)) } catch {}
  mark()
})

function mark() {
  const unread = memory.get('unread', {})
  for (const link of $$('.conversation', box)) link.toggleAttribute('data-unread', !!unread[link.dataset.id])
}

function read() {
  const unread = memory.get('unread', {})
  if (document.hidden || !unread[here()]) return
  delete unread[here()]
  memory.set('unread', unread)
  mark()
}

const running = new Map()
export function refresh(changes, leads) {
  if (!changes || changes.some(change => change.kind !== 'message')) load()
  for (const { message, status, conversation } of changes ?? []) {
    if (status === 'streaming') { running.set(message, conversation); load() }
    else if (running.delete(message)) {
      memory.set('unread', { ...memory.get('unread'), [conversation]: 1 })
      setTimeout(read, 500)
      load()
      if (leads && !memory.get('focus') && memory.get('notify')) tell(conversation, status)
    }
  }
}

function tell(conversation, status) {
  const title = $(`.conversation[data-id="${conversation}"] .name`)?.textContent ?? 'LAI'
  const news = new Notification(title, { body: status === 'sent' ? 'The answer is there.' : 'The answer did not come to its end.', tag: conversation })
  news.onclick = () => { focus(); if (here() !== conversation) location.assign('/c/' + conversation) }
}

export function setUp() {
  search?.addEventListener('input', load)
  const focused = () => memory.set('focus', isShown() || null)
  for (const kind of ['focus', 'blur', 'visibilitychange']) addEventListener(kind, () => { focused(); read() })
  addEventListener('pagehide', () => memory.set('focus'))
  addEventListener('storage', mark)
  document.addEventListener('lai:done', load)
  focused()
  read()
  mark()
  settings()
}

function settings() {
  const theme = $('#theme'), notify = $('#notify'), file = $('#import')
  if (!theme) return
  theme.onchange = () => { cookie('theme', theme.value); root.dataset.theme = theme.value }
  notify.checked = memory.get('notify', false)
  notify.onchange = async () => {
    if (notify.checked) notify.checked = await Notification.requestPermission() === 'granted'
    memory.set('notify', notify.checked || null)
  }
  file.onchange = () => attempt(async () => {
    const [taken] = file.files
    const type = taken.name.endsWith('.zip') ? 'application/zip' : 'application/json'
    toast('Importing …')
    const report = await api('POST', 'import', null, { body: taken, headers: { 'Content-Type': type } })
    toast(Object.entries(report ?? {}).filter(([, count]) => count > 0).map(([name, count]) => `${name.replaceAll('_', ' ')}: ${count}`).join(', ') || 'Nothing new was in it.')
    file.value = ''
    load()
  })
}
