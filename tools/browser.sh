#!/bin/sh
# The pages are tested in a real browser. Where none is found and this user may install one, it is installed;
# otherwise the browser tests are skipped and this says so.
set -u
found() {
    [ -n "${LINLI_CHROMIUM:-}" ] || command -v chromium >/dev/null 2>&1 ||
        command -v chromium-browser >/dev/null 2>&1 || command -v google-chrome >/dev/null 2>&1
}
# Chinese text needs a Chinese font: without one, every character is the same empty box.
font() { ! command -v fc-list >/dev/null 2>&1 || [ -n "$(fc-list :lang=zh-cn family)" ]; }
if found && font; then exit 0; fi
if [ "$(id -u)" = 0 ]; then as_root=""; elif sudo -n true 2>/dev/null; then as_root="sudo -n"; else as_root="no"; fi
if [ "$as_root" != no ] && command -v apt-get >/dev/null 2>&1; then
    echo "test: installing a browser and a Chinese font (chromium, fonts-noto-cjk)"
    { $as_root apt-get update && $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y \
        --no-install-recommends chromium fontconfig fonts-noto-cjk; } >/dev/null 2>&1 || true
fi
found || echo "test: no Chromium on this machine, the browser tests are SKIPPED (install chromium, or set LINLI_CHROMIUM)"
font || echo "test: no Chinese font on this machine, screenshots show empty boxes (install fonts-noto-cjk)"
exit 0
