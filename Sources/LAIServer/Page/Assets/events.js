// Hears what changes: one connection for all tabs of this browser, held by one of them.
import { $, root, on } from './base.js'

const channel = new BroadcastChannel('lai')
let cursor, isOnline, source, leads, listener

function tell({ kind, cursor: place, changes }) {
	if (place) cursor = place
	if (kind === 'online' || kind === 'offline') {
		const was = isOnline
		root.dataset.online = isOnline = kind === 'online'
		$('#banner').textContent = isOnline ? '' : 'No connection to LAI. Trying again …'
		if (was !== false || !isOnline) return
	}
	listener(changes, leads)
}

const spread = news => { tell(news); channel.postMessage(news) }

function open() {
	source?.close()
	source = new EventSource('/lai/v1/events' + (cursor ? `?after=${cursor}` : ''))
	const take = (name, kind) => on(source, name, e => spread({ kind, cursor: e.lastEventId, changes: kind ? undefined : JSON.parse(e.data) }))
	take('hello', 'online')
	take('reset', 'reset')
	take('message')
	take('bye', 'offline')
	on(source, 'error', () => {
		spread({ kind: 'offline' })
		if (source.readyState === 2) setTimeout(open, 2000)
	})
}

// The listener gets what changed, if known, and whether this tab leads.
export function listen(body) {
	listener = body
	const lead = () => { leads = true; open() }
	channel.onmessage = e => tell(e.data)
	navigator.locks ? navigator.locks.request('lai-events', () => new Promise(lead)) : lead()
	// What changed while the page came.
	setTimeout(body, 300)
	on(window, 'offline', () => fetch('/healthz').catch(() => tell({ kind: 'offline' })))
	on(window, 'online', () => leads && open())
}
