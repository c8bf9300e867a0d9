"""A small window from which one file can be dragged, as from a file manager.

Usage: offer_file.py FILE X Y. Prints "ready" when it stands at X, Y of the screen, and "dropped" or "refused" after a drag.
"""

import pathlib
import sys

import gi

gi.require_version("Gdk", "3.0")
gi.require_version("Gtk", "3.0")
from gi.repository import Gdk, GLib, Gtk  # noqa: E402

file, left, top = pathlib.Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])


def say(word):
    print(word, flush=True)


def give(_source, _context, data, _info, _time):
    data.set_uris([file.as_uri()])


def ended(_source, context):
    say("dropped" if context.get_selected_action() else "refused")


window = Gtk.Window(title="a file to drag", decorated=False, default_width=140, default_height=70)
source = Gtk.EventBox()
source.add(Gtk.Label(label=file.name))
source.drag_source_set(Gdk.ModifierType.BUTTON1_MASK, [Gtk.TargetEntry.new("text/uri-list", 0, 0)], Gdk.DragAction.COPY)
source.connect("drag-data-get", give)
source.connect("drag-end", ended)
window.add(source)
window.connect("destroy", Gtk.main_quit)
window.connect("map-event", lambda *_: GLib.timeout_add(300, say, "ready") and False)
window.move(left, top)
window.set_keep_above(True)
window.show_all()
Gtk.main()
