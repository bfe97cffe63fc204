// How the page speaks with the server. A session has two halves: a cookie, and a secret
// that only pages of this very address and port can read.

const kept = "ionwake.page";

function headers(more) {
  return { "X-Ionwake-Page": localStorage.getItem(kept) || "", ...more };
}

// signIn uses a link up; it returns words if that is refused.
export async function signIn(link) {
  const secret = link.trim().replace(/^.*#/, "");
  try {
    const answer = await fetch("/host/session", {
      method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ link: secret }),
    });
    const told = await answer.json();
    if (!answer.ok) return told.error;
    localStorage.setItem(kept, told.page);
    return "";
  } catch {
    return "The server does not answer.";
  }
}

export async function signOut() {
  try {
    await fetch("/host/session", { method: "DELETE", headers: headers() });
  } finally {
    localStorage.removeItem(kept);
  }
}

// order has something done and returns {words} or {error}.
export async function order(what) {
  try {
    const answer = await fetch("/host/do", {
      method: "POST", headers: headers({ "Content-Type": "application/json" }), body: JSON.stringify(what),
    });
    return await answer.json();
  } catch {
    return { error: "The server does not answer." };
  }
}

// look asks for something and returns it, or {error}.
export async function look(path) {
  try {
    return await (await fetch(path, { headers: headers() })).json();
  } catch {
    return { error: "The server does not answer." };
  }
}

// line sends a line of the console and returns {words, ok}.
export async function line(text) {
  try {
    const answer = await fetch("/console", { method: "POST", headers: headers({ "Content-Type": "text/plain" }), body: text });
    return { words: await answer.text(), ok: answer.ok };
  } catch {
    return { words: "The server does not answer.", ok: false };
  }
}

// listen hands events on to hear(name, data) for ever. lost(words) tells that there are
// none for a while, out() that one has to sign in.
export async function listen(hear, lost, out) {
  for (let pause = 500; ; pause = Math.min(pause * 2, 8000)) {
    try {
      const answer = await fetch("/host/live", { headers: headers() });
      if (answer.status === 401) return out();
      if (!answer.ok) throw new Error((await answer.json()).error);
      const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
      for (let text = ""; ;) {
        const { value, done } = await reader.read();
        if (done) throw new Error("The server has closed the line.");
        text += value;
        for (let end; (end = text.indexOf("\n\n")) >= 0; text = text.slice(end + 2)) {
          const [, name, data] = /^event: (.*)\ndata: (.*)$/.exec(text.slice(0, end));
          if (name === "over") return out();
          hear(name, JSON.parse(data));
          pause = 500;
        }
      }
    } catch (e) {
      lost(e.message);
      await new Promise((wake) => setTimeout(wake, pause));
    }
  }
}
