"""The outline: groups, modules, lessons, labs, challenges."""

from collections.abc import Mapping, Set

from rich.style import Style
from rich.text import Text
from textual.binding import Binding
from textual.message import Message
from textual.widgets import Tree
from textual.widgets.tree import TreeNode

from nexus_tui.course.model import Module, Outline
from nexus_tui.tutor.knowledge import Recall
from nexus_tui.ui.glyphs import UNICODE, Glyphs
from nexus_tui.ui.text import label

Node = TreeNode[str]
GUIDES = 5
"""Cells before the title of a lesson, and one after it."""


class OutlineTree(Tree[str]):
    """Children of a module are made when it is first opened."""

    BINDINGS = [
        Binding("enter", "select_cursor", "Open", key_display="enter"),
        Binding("i", "inside", "What you know"),
        Binding("escape", "screen.reader", "Back to the page", key_display="esc"),
        Binding("t", "test_out", "Test out"),
        Binding("j", "cursor_down", show=False),
        Binding("k", "cursor_up", show=False),
        Binding("right", "expand", show=False),
        Binding("left", "collapse", show=False),
    ]
    DEFAULT_CSS = """
    OutlineTree { background: $surface; color: $foreground; }
    OutlineTree > .tree--guides, OutlineTree > .tree--guides-hover,
    OutlineTree > .tree--guides-selected { color: $rule; }
    OutlineTree > .tree--cursor {
        background: $primary 25%; color: $foreground; text-style: none;
    }
    OutlineTree:focus > .tree--cursor { background: $primary 45%; text-style: bold; }
    """

    class Open(Message):
        """Something in the outline was chosen."""

        def __init__(self, target: str) -> None:
            super().__init__()
            self.target = target

    class TestOut(Message):
        """To test out of a module."""

        def __init__(self, module: str) -> None:
            super().__init__()
            self.module = module

    def __init__(self, *, id: str | None = None) -> None:
        # First: the tree asks for a label while it is made.
        self._recall: Mapping[str, Recall] = {}
        super().__init__("", id=id)
        self.known: Set[str] = frozenset()
        """Lessons marked as known."""
        self.show_root = False
        self.guide_depth = 2
        self.auto_expand = True
        self._modules: Mapping[str, Module] = {}
        self._leaves: dict[str, Node] = {}
        self._glyphs: Glyphs = UNICODE

    def fill(self, outline: Outline, recall: Mapping[str, Recall], glyphs: Glyphs) -> None:
        """Show a course."""
        self._modules, self._recall, self._glyphs = outline.modules, recall, glyphs
        self.clear()
        self._leaves.clear()
        for group in outline.groups:
            there = [outline.modules[name] for name in group.modules if name in outline.modules]
            if not there:
                continue
            node = self.root.add(label(group.title, "bold"), data="", expand=True)
            for module in there:
                self._leaves[module.id] = node.add(
                    self._label(module.id, module.title), data=module.id
                )

    def update_recall(self, recall: Mapping[str, Recall]) -> None:
        """New numbers for what is shown."""
        self._recall = recall
        for id, node in self._leaves.items():
            node.set_label(self._label(id, self._title(id)))

    def _title(self, id: str) -> str:
        module = self._modules[id.partition("/")[0]]
        return next((head.title for head in module.heads if head.id == id), module.title)

    def _label(self, id: str, title: str) -> Text:
        module = self._modules[id.partition("/")[0]]
        if any(head.id == id for head in module.labs):
            return label(f"{self._glyphs.lab} {title}")
        if any(head.id == id for head in module.challenges):
            return label(f"{self._glyphs.challenge} {title}")
        sign, _ = self._glyphs.recall(self._recall.get(id, Recall()))
        return label(f"{sign} {title} · known" if id in self.known else f"{sign} {title}")

    def render_label(self, node: Node, base_style: Style, style: Style) -> Text:
        """The title, and what is known of it: in numbers, in words where there is room."""
        text = super().render_label(node, base_style, style)
        recall = self._recall.get(node.data or "")
        if recall is None or not recall.met:
            return text
        now, later = f"{recall.now:.0%}", f"{recall.later:.0%}"
        told = f"  {now} now, {later} in 30 days, {recall.words}"
        # Under a module stand the guides of two levels; one cell stays free at the edge.
        room = self.size.width - text.cell_len - GUIDES
        if room < len(told):
            told = f" {now}" if room < len(now) + len(later) + 2 else f" {now} {later}"
        return text.append(told, style + Style(dim=True)) if room >= len(told) else text

    def on_tree_node_expanded(self, event: Tree.NodeExpanded[str]) -> None:
        """Make a module's children."""
        event.stop()
        self._grow(event.node)

    def _grow(self, node: Node) -> None:
        module = self._modules.get(node.data or "")
        if module is None or node.children:
            return
        for head in module.heads:
            self._leaves[head.id] = node.add_leaf(self._label(head.id, head.title), data=head.id)

    def stand_on(self, id: str) -> None:
        """Open the way to ``id`` and put the cursor there."""
        module = self._leaves.get(id.partition("/")[0])
        if module is None:
            return
        self._grow(module)
        module.expand()
        node = self._leaves.get(id, module)
        self.call_after_refresh(self.move_cursor, node)

    def action_test_out(self) -> None:
        """Test out of the module one stands on or in."""
        if self.cursor_node and self.cursor_node.data:
            self.post_message(self.TestOut(self.cursor_node.data.partition("/")[0]))

    def on_tree_node_selected(self, event: Tree.NodeSelected[str]) -> None:
        """Open a lesson, lab or challenge."""
        event.stop()
        if event.node.data and "/" in event.node.data:
            self.post_message(self.Open(event.node.data))

    def action_inside(self) -> None:
        """The questions behind the number of the module or lesson one stands on."""
        id = self.cursor_node.data if self.cursor_node else ""
        if id and id in self._recall:
            from nexus_tui.ui.screens.recall import RecallScreen

            self.app.push_screen(RecallScreen(id, place="learn"))

    def action_expand(self) -> None:
        """Open the node one stands on."""
        if self.cursor_node and self.cursor_node.allow_expand:
            self.cursor_node.expand()

    def action_collapse(self) -> None:
        """Close it, or go up."""
        node = self.cursor_node
        if node is None:
            return
        if node.is_expanded and node.children:
            node.collapse()
        elif node.parent and node.parent is not self.root:
            self.move_cursor(node.parent)
