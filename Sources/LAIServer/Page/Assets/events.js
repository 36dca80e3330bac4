// Hears what changes: one connection for all tabs of this browser, held by one of them.
import { $, root } from './base.js'

const channel = globalThis.BroadcastChannel && new BroadcastChannel('lai')
let cursor, isOnline, source, leads = false
const listeners = []

export const onChange = listener => listeners.push(listener)

function tell(news) {
  if (news.cursor) cursor = news.cursor
  if (news.kind === 'online' || news.kind === 'offline') {
    const online = news.kind === 'online'
    const isBack = isOnline === false && online
    isOnline = online
    root.dataset.online = online
    $('#banner').textContent = online ? '' : 'No connection to LAI. Trying again …'
    if (!isBack) return
    news = { kind: 'reset' }
  }
  for (const listener of listeners) listener(news.changes ?? null, leads)
}

function spread(news) { tell(news); channel?.postMessage(news) }

function open() {
  source?.close()
  source = new EventSource('/lai/v1/events' + (cursor ? `?after=${cursor}` : ''))
  const take = (kind, event) => spread({ kind, cursor: event.lastEventId, changes: kind === 'changes' ? JSON.parse(event.data) : undefined })
  source.addEventListener('hello', event => take('online', event))
  source.addEventListener('reset', event => take('reset', event))
  source.onmessage = event => take('changes', event)
  source.addEventListener('bye', () => spread({ kind: 'offline' }))
  source.onerror = () => {
    spread({ kind: 'offline' })
    if (source.readyState === 2) setTimeout(open, 2000)
  }
}

export function listen() {
  const lead = () => { leads = true; open() }
  if (channel && navigator.locks) {
    channel.onmessage = ({ data }) => {
      if (data.kind !== 'who') tell(data)
      else if (leads && isOnline !== undefined) channel.postMessage({ kind: isOnline ? 'online' : 'offline', cursor })
    }
    channel.postMessage({ kind: 'who' })
    navigator.locks.request('lai-events', () => new Promise(lead))
  } else lead()
  addEventListener('offline', () => tell({ kind: 'offline' }))
  addEventListener('online', () => { if (leads) open() })
}
