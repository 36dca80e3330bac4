// Keeps the messages as the server has them, and follows the answer that runs.
import { $, $$, root, here, fragment, say, toast } from './base.js'
import { Answer, enhance } from './stream.js'

const list = $('#messages')
const selector = '.msg[data-status="streaming"]'
let current, again

// The same however often it is done, and whoever changed something.
export async function sync() {
  if (!here()) return
  again = true
  current ??= (async () => {
    try {
      while (again) { again = false; await once(30) }
    } catch (error) {
      if (error.status === 404) location.href = '/'
    } finally { current = null }
  })()
  return current
}

async function once(tail) {
  const fresh = (await fragment(`conversations/${here()}?tail=${tail}`)).firstElementChild
  const articles = $$('.msg', fresh)
  const first = articles[0] && document.getElementById(articles[0].id)
  // The branch parted before what was asked for.
  if (!first && list.children.length && 'more' in fresh.dataset && tail < 3000) return once(tail * 10)
  const wanted = new Set(articles.map(article => article.id))
  for (let node = first ?? list.firstElementChild; node;) {
    const next = node.nextElementSibling
    if (!wanted.has(node.id)) node.remove()
    node = next
  }
  if (!first) 'more' in fresh.dataset ? list.dataset.more = '' : delete list.dataset.more
  let last = first?.previousElementSibling
  for (const article of articles) {
    const old = document.getElementById(article.id)
    const place = last ? last.nextElementSibling : list.firstElementChild
    last = old ?? article
    if (!old) { list.insertBefore(article, place); enhance(article) }
    else {
      if (old !== place) list.insertBefore(old, place)
      if (old.dataset.v !== article.dataset.v && !old.classList.contains('editing')) last = swap(old, article)
    }
  }
  list.dataset.title = fresh.dataset.title
  show()
}

function swap(old, article) {
  const act = old.contains(document.activeElement) && document.activeElement.dataset.act
  // What was received to its end, or still is, is there already.
  const keeps = old.dataset.live || article.dataset.status === 'streaming'
  if (keeps) $('.body', article).replaceWith($('.body', old))
  const isFollowed = followed === old
  old.replaceWith(article)
  if (!keeps) enhance(article)
  if (isFollowed) followed = article
  if (act) ($(`[data-act="${act}"]:enabled`, article) ?? $('button:enabled', article))?.focus()
  return article
}

let source, followed

// Follows the first answer that runs, while anybody looks.
export function follow() {
  const article = document.hidden ? null : $(selector)
  if (article === followed && source) return
  source?.close()
  source = null
  followed = article
  if (!article) return
  const answer = new Answer($('.body', article))
  const stream = source = new EventSource(`/lai/v1/streams/${article.dataset.id}/events?view=page&coalesce=50`)
  stream.addEventListener('whole', event => { answer.clear(); answer.take(JSON.parse(event.data)) })
  stream.onmessage = event => answer.take(JSON.parse(event.data))
  stream.addEventListener('end', event => {
    stream.close()
    followed.dataset.live = true
    followed.dataset.status = JSON.parse(event.data).status
    source = null
    show()
    sync()
  })
  stream.addEventListener('error', event => {
    if (event.data) toast(JSON.parse(event.data).detail)
    if (stream.readyState === 2 && source === stream) { source = null; setTimeout(() => { follow(); sync() }, 2000) }
  })
}

let was
// What the rest of the page says of the answer that runs.
export function show() {
  if (!list) return
  const running = $(selector)
  const title = list.dataset.title
  if (here() && title) $('#title').textContent = title
  if (here()) document.title = (running ? '● ' : '') + (title || 'New conversation') + ' – LAI'
  const icon = $('link[rel="icon"]')
  icon.dataset.idle ??= icon.href
  icon.href = running ? icon.dataset.running : icon.dataset.idle
  root.classList.toggle('running', !!running)
  if (was !== !!running && was !== undefined) {
    const status = $$('.msg.assistant').at(-1)?.dataset.status
    say(running ? 'Answering' : { sent: 'Answered', stopped: 'Stopped', failed: 'There was no answer', interrupted: 'The answer broke off' }[status] ?? '')
  }
  was = !!running
  document.dispatchEvent(new Event('lai:shown'))
  follow()
}
