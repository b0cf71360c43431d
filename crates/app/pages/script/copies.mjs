// Copies of what is being typed, in this browser: written to the disk before the next keystroke matters (IndexedDB, strict), so that
// a power cut loses nothing. In: a draft with its fields. Out: all that are still here. Copies of another person are never shown; those
// older than 30 days go.
const NAME = "treem-entry";
const DAYS_MS = 30 * 24 * 3600 * 1000;

const open = () =>
  new Promise((done, fail) => {
    const asked = indexedDB.open(NAME, 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore("draft", { keyPath: "draft" });
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => fail(asked.error);
  });

export function copies() {
  const base = open();
  const act = async (mode, work) => {
    const at = (await base).transaction("draft", mode, { durability: "strict" });
    const asked = work(at.objectStore("draft"));
    return new Promise((done, fail) => {
      at.oncomplete = () => done(asked.result);
      at.onerror = at.onabort = () => fail(at.error);
    });
  };
  // While one copy is on its way to the disk, only the newest of those that follow matters: nobody waits for a row of old ones.
  let writing = false;
  let next = null;
  const put = async (one) => {
    next = one;
    if (writing) return;
    writing = true;
    while (next) {
      const newest = next;
      next = null;
      await act("readwrite", (store) => store.put(newest)).catch(() => {});
    }
    writing = false;
  };
  return {
    put,
    drop: (draft) => act("readwrite", (store) => store.delete(draft)).catch(() => {}),
    all: async () => {
      const all = await act("readonly", (store) => store.getAll()).catch(() => []);
      const old = all.filter((one) => one.at < Date.now() - DAYS_MS);
      for (const one of old) act("readwrite", (store) => store.delete(one.draft)).catch(() => {});
      return all.filter((one) => !old.includes(one));
    },
  };
}
