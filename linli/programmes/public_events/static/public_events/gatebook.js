/* The gate's own book: the list of tickets as the server last told it, what was entered since, and what a ticket is worth by it. It
   knows no page. Kept in the browser's storage under the session; a ticket is known by the digest of its code. */
"use strict";

self.linliGatebook = (() => {
  const PREFIX = "linli.gate.";
  const DAY = 86400000;

  function open(session, who) {
    const name = PREFIX + session;
    const empty = { who, list: null, waiting: [], troubles: [] };
    let book = empty;
    try { book = JSON.parse(localStorage.getItem(name)) || empty; } catch (error) { book = empty; }
    /* What somebody else entered on this phone is his to send; it stays until he is back. */
    if (book.who !== who) book = book.waiting.length ? { ...empty, held: true } : empty;
    const save = () => { if (!book.held) localStorage.setItem(name, JSON.stringify(book)); };
    return { book, save };
  }

  /* Lists of sessions that are a day over, with nothing left to send. */
  function tidy() {
    for (const name of Object.keys(localStorage).filter((key) => key.startsWith(PREFIX))) {
      const book = JSON.parse(localStorage.getItem(name) || "{}");
      const over = !book.list || Date.now() > book.list.session.closes + DAY;
      if (over && !(book.waiting || []).length) localStorage.removeItem(name);
    }
  }

  function forget() {
    for (const name of Object.keys(localStorage).filter((key) => key.startsWith(PREFIX))) {
      const book = JSON.parse(localStorage.getItem(name) || "{}");
      if ((book.waiting || []).length) localStorage.setItem(name, JSON.stringify({ ...book, list: null }));
      else localStorage.removeItem(name);
    }
  }

  async function digest(session, code) {
    const bytes = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(`${session}/${code}`));
    return [...new Uint8Array(bytes)].map((b) => b.toString(16).padStart(2, "0")).join("").slice(0, 32);
  }

  /* What was scanned or typed: the session it names, if it names one, and the code. */
  function read(text) {
    const plain = text.normalize("NFKC").trim();
    const found = plain.match(/^LINLI1\/([0-9a-f]{32})\/([0-9A-Z]{8})$/);
    if (found) return { session: found[1], code: found[2] };
    return { session: "", code: plain.toUpperCase().replace(/[^0-9A-Z]/g, "") };
  }

  function sums(list) {
    const tickets = Object.values(list.tickets);
    const add = (some, key) => some.reduce((total, ticket) => total + ticket[key], 0);
    const placed = tickets.filter((ticket) => !ticket.turn);
    const byTicket = add(placed, "in");
    const strangers = add(tickets, "in") - byTicket + list.session.walked;
    const kept = Date.now() < list.session.kept ? add(placed, "n") : byTicket;
    return {
      in: byTicket + strangers,
      placed: add(placed, "n"),
      free: Math.max(list.session.capacity - kept - strangers, 0),
    };
  }

  /* The same judgement as the server's, which has the last word: [what to say, the ticket, how many may still come in]. */
  function judge(list, key) {
    const ticket = list.tickets[key];
    const at = Date.now();
    if (at < list.session.doors) return ["early", { at: list.session.doors }, 0];
    if (at > list.session.closes) return ["closed", {}, 0];
    if (!ticket) return ["unknown", {}, 0];
    const left = ticket.n - ticket.in;
    if (left <= 0) return ["already", ticket, 0];
    if (!ticket.turn) return ["valid", ticket, left];
    const free = sums(list).free;
    return free >= 1 ? ["room", ticket, Math.min(left, free)] : ["queue", ticket, 0];
  }

  /* Entries not sent yet stand on top of whatever list the server tells. */
  function apply(list, waiting) {
    for (const entry of waiting) {
      const ticket = list.tickets[entry.ticket];
      if (entry.walked) list.session.walked += entry.walked;
      else if (ticket) { ticket.in += entry.came; ticket.at = entry.at; }
    }
    return list;
  }

  return { open, tidy, forget, digest, read, sums, judge, apply };
})();
