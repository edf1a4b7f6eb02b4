// The composer of a topic: what is typed is kept in the browser until the hub has confirmed it.
//
// The form works without this. With it, a post goes out by fetch with the key that stands on the
// form; on a broken line it waits and is sent again with the same key, so that it is never two
// posts. The post may come back by the live line or by the answer, whichever is first: its
// element has one id, so it stands on the page once.

const FIRST_WAIT = 1000;
const LONGEST_WAIT = 30000;
const GIVE_UP_AFTER = 20000; // one try; the next one follows

const posts = () => document.getElementById("posts");
const freshKey = () => {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
};

// Posts ------------------------------------------------------------------------

function inOrder() {
  // The answer to one's own post may come before the live event of an earlier one.
  const list = posts();
  if (!list) return;
  const number = (element) => Number(element.dataset.number || 0);
  for (const post of [...list.children]) {
    let before = post.previousElementSibling;
    while (before && number(before) > number(post)) before = before.previousElementSibling;
    if (before !== post.previousElementSibling) {
      if (before) before.after(post);
      else list.prepend(post);
    }
  }
}

function showOwn(person) {
  // The part is the same for every reader; what only its author may do is shown here.
  if (!person) return;
  for (const post of document.querySelectorAll(`.post[data-person="${CSS.escape(person)}"]`)) {
    for (const own of post.querySelectorAll("[data-own]")) own.hidden = false;
  }
}

function place(html, url) {
  const box = document.createElement("template");
  box.innerHTML = html;
  const post = box.content.firstElementChild;
  if (document.getElementById(post.id)) return;
  const list = posts();
  if (!list || !("last" in list.dataset)) {
    location.assign(url);
    return;
  }
  list.append(post);
  inOrder();
}

// Drafts -----------------------------------------------------------------------

function draftOf(form) {
  const name = `hub:draft:${form.dataset.topic}:${form.dataset.person}`;
  return {
    read() {
      try {
        return JSON.parse(localStorage.getItem(name)) || null;
      } catch {
        return null;
      }
    },
    keep(draft) {
      try {
        localStorage.setItem(name, JSON.stringify(draft));
      } catch {
        // no storage: the text stays in the field
      }
    },
    forget() {
      try {
        localStorage.removeItem(name);
      } catch {
        // nothing was kept
      }
    },
  };
}

// Sending ----------------------------------------------------------------------

class Composer {
  constructor(form) {
    this.form = form;
    this.field = form.elements.body;
    this.key = form.elements.key;
    this.button = form.querySelector("button");
    this.state = form.querySelector("[data-composer-state]");
    this.draft = draftOf(form);
    this.sending = false;
    this.failures = 0;
    this.timer = null;
  }

  start() {
    this.restore();
    this.field.addEventListener("input", () => this.keep());
    this.field.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) this.form.requestSubmit();
    });
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.send();
    });
    addEventListener("online", () => this.tryAgainNow());
    document.addEventListener("hub:line", (event) => {
      if (event.detail.state === "open") this.tryAgainNow();
    });
  }

  restore() {
    const kept = this.draft.read();
    if (!kept || !kept.text) return;
    if (this.field.value.trim() && this.field.value !== kept.text) return; // the hub gave it back
    this.field.value = kept.text;
    this.key.value = kept.key;
    if (kept.sending) this.send();
    else this.say(this.form.dataset.kept, "kept");
  }

  keep(sending = false) {
    if (this.field.value.trim()) {
      this.draft.keep({ text: this.field.value, key: this.key.value, sending });
    } else {
      this.draft.forget();
    }
  }

  say(words, state) {
    this.form.dataset.state = state;
    this.state.textContent = words;
  }

  send() {
    if (this.sending) return;
    if (!this.field.value.trim()) {
      this.field.focus();
      return;
    }
    this.sending = true;
    this.failures = 0;
    this.keep(true);
    // Readonly, not disabled: the words stay readable and selectable while they wait.
    this.field.readOnly = true;
    this.button.setAttribute("aria-disabled", "true");
    this.attempt();
  }

  async attempt() {
    clearTimeout(this.timer);
    this.timer = null;
    if (this.failures === 0) this.say(this.form.dataset.sending, "sending");
    let answer;
    let said;
    try {
      answer = await fetch(this.form.action, {
        method: "POST",
        body: this.body(),
        headers: { Accept: "application/json" },
        credentials: "same-origin",
        redirect: "error",
        signal: AbortSignal.timeout(GIVE_UP_AFTER),
      });
      said = await answer.json();
    } catch {
      this.wait();
      return;
    }
    if (answer.ok) this.sent(said);
    else if (answer.status >= 500 || answer.status === 429) this.wait();
    else this.refused(said.error);
  }

  body() {
    const data = new FormData(this.form);
    // Signing in again in another window changes the token; the cookie has the one that counts.
    const token = document.cookie.match(/(?:^|; )hub_csrf=([^;]+)/);
    if (token) data.set("csrfmiddlewaretoken", token[1]);
    return data;
  }

  wait() {
    this.failures += 1;
    this.say(this.form.dataset.waiting, "waiting");
    const pause = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** Math.min(this.failures - 1, 5));
    this.timer = setTimeout(() => this.attempt(), pause / 2 + (Math.random() * pause) / 2);
  }

  tryAgainNow() {
    if (this.sending && this.timer !== null) this.attempt();
  }

  sent(said) {
    this.draft.forget();
    this.field.value = "";
    this.key.value = freshKey();
    this.unlock();
    this.form.querySelector(".errors")?.remove();
    this.say(this.form.dataset.sent, "sent");
    place(said.html, said.url);
    showOwn(this.form.dataset.person);
  }

  refused(words) {
    this.keep();
    this.unlock();
    this.say(words || this.form.dataset.refused, "refused");
    this.field.focus();
  }

  unlock() {
    this.sending = false;
    this.field.readOnly = false;
    this.button.removeAttribute("aria-disabled");
  }
}

const form = document.querySelector("form[data-composer]");
const person = form?.dataset.person;
if (form) new Composer(form).start();
showOwn(person);
document.addEventListener("hub:event", () => {
  inOrder();
  showOwn(person);
});
