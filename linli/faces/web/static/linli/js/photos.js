/* Photos: shown before they are sent, checked for their size, made smaller on request, sent at once where the page has an address for it. */
"use strict";

(() => {
  const LONGEST = 2000;  /* pixels: enough to read a door plate, small enough for a slow line */
  const mega = (bytes) => (bytes / 1048576).toFixed(bytes < 1048576 ? 1 : 0);

  function element(tag, name, text) {
    const made = document.createElement(tag);
    if (name) made.className = name;
    if (text) made.textContent = text;
    return made;
  }
  function button(text, act) {
    const made = element("button", "link", text);
    made.type = "button";
    made.addEventListener("click", act);
    return made;
  }

  async function smaller(file) {
    const drawn = await createImageBitmap(file, { imageOrientation: "from-image" });
    const scale = Math.min(1, LONGEST / Math.max(drawn.width, drawn.height));
    const canvas = element("canvas");
    canvas.width = Math.round(drawn.width * scale);
    canvas.height = Math.round(drawn.height * scale);
    canvas.getContext("2d").drawImage(drawn, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.85));
    return new File([blob], file.name.replace(/\.\w+$/, "") + ".jpg", { type: "image/jpeg" });
  }

  class Shots {
    constructor(box) {
      this.box = box;
      this.list = box.querySelector(".shot-list");
      this.limit = Number(box.dataset.limit);
      this.bytes = Number(box.dataset.megabytes) * 1048576;
      this.files = [];
      this.inputs = [...box.querySelectorAll("[data-photo]")];
      /* One input carries all files; the camera's only hands them over. */
      this.carrier = this.inputs[this.inputs.length - 1];
      this.inputs.forEach((input) => input.addEventListener("change", () => this.take(input)));
    }

    get count() { return this.list.querySelectorAll(".shot:not(.too-big)").length; }

    take(input) {
      const fresh = [...input.files].filter((file) => !this.files.includes(file));
      if (input !== this.carrier) input.value = "";
      fresh.forEach((file) => this.add(file));
      this.pack();
    }

    add(file) {
      if (!file.type.startsWith("image/")) return linli.note(linli.words("photoOdd", { name: file.name }), "waiting");
      if (this.count >= this.limit) return linli.note(linli.words("photoMany", { limit: this.limit }), "waiting");
      if (file.size > this.bytes) return this.refuse(file);
      return this.show(file);
    }

    refuse(file) {
      const row = element("div", "shot too-big");
      const size = { size: mega(file.size), limit: this.box.dataset.megabytes };
      row.append(element("p", "wrong", linli.words("photoBig", size)));
      const ways = element("p", "rowed");
      ways.append(
        button(linli.words("photoShrink"), async () => {
          const made = await smaller(file).catch(() => null);
          row.remove();
          if (!made) return linli.note(linli.words("photoOdd", { name: file.name }), "waiting");
          this.show(made, linli.words("photoShrunk", { size: mega(made.size) }));
          return this.pack();
        }),
        button(linli.words("photoRemove"), () => row.remove()),
      );
      row.append(ways);
      this.list.append(row);
    }

    show(file, said = "") {
      const row = element("div", "shot");
      const image = element("img");
      image.src = URL.createObjectURL(file);
      image.width = image.height = 104;
      image.alt = linli.words("photoName", { n: this.count + 1 });
      row.append(image);
      if (said) row.append(element("span", "", said));
      row.append(button(linli.words("photoRemove"), () => {
        this.files = this.files.filter((other) => other !== file);
        URL.revokeObjectURL(image.src);
        row.remove();
        this.pack();
      }));
      this.list.append(row);
      this.files.push(file);
      if (this.box.dataset.upload) this.send(file, row);
    }

    /* The server answers {"id": …}; from then on the photo goes by its id and survives what happens to the page. */
    async send(file, row) {
      const body = new FormData();
      body.append("photo", file);
      const token = this.box.closest("form").querySelector('[name="csrfmiddlewaretoken"]');
      try {
        const answer = await fetch(this.box.dataset.upload, { method: "POST", body, headers: { "X-CSRFToken": token ? token.value : "", Accept: "application/json" } });
        const said = await answer.json();
        if (!answer.ok) throw new Error(said.reason || linli.words("photoFailed"));
        const id = element("input");
        id.type = "hidden";
        id.name = this.box.dataset.name;
        id.value = said.id;
        row.append(id);
        this.files = this.files.filter((other) => other !== file);
        this.pack();
      } catch (error) {
        if (error instanceof TypeError) return;  /* no network: the file goes with the form */
        linli.note(error.message || linli.words("photoFailed"), "waiting");
      }
    }

    pack() {
      const all = new DataTransfer();
      this.files.forEach((file) => all.items.add(file));
      this.carrier.files = all.files;
    }
  }

  linli.each("[data-photos]", (box) => new Shots(box));
})();
