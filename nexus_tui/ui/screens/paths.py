"""Learning paths: which there are, how far one is, and the steps of one."""

from collections.abc import Iterable, Iterator, Sequence

from textual import events
from textual.binding import Binding
from textual.content import Content
from textual.widget import Widget

from nexus_tui.tutor import planned
from nexus_tui.tutor.goal import Plan
from nexus_tui.tutor.paths import Route
from nexus_tui.tutor.steps import Step
from nexus_tui.ui.lines import BLANK, Line, flow, on
from nexus_tui.ui.screens.base import NexusScreen
from nexus_tui.ui.text import plain, words
from nexus_tui.ui.widgets.pane import Pane

BAR = 12
INTRO = "A path says what comes next and in which order. Nothing is locked; change it any time."
KINDS = {"lab": "lab", "challenge": "challenge", "to come": "to come"}


class PathsScreen(NexusScreen):
    """All paths, or the steps of one."""

    PLACE = "today"
    BINDINGS = [
        Binding("enter", "open", "Open", key_display="enter"),
        Binding("f", "follow", "Follow this path"),
        Binding("d", "goal", "Day to be through by"),
        Binding("escape,backspace", "back", "Back", key_display="esc"),
        Binding("down,j", "move(1)", "Next", show=False),
        Binding("up,k", "move(-1)", "Previous", show=False),
        Binding("space,pagedown", "page(1)", "Page", show=False),
        Binding("pageup,b", "page(-1)", "Page back", show=False),
    ]

    def __init__(self, open: str | None = None) -> None:
        super().__init__()
        self._open = open
        self._routes: dict[str, Route] = {}
        self._chosen = ""

    def body(self) -> Iterable[Widget]:
        """One page; the keys are the screen's, not the page's."""
        page = Pane(id="paths-page")
        page.can_focus = False
        yield page

    def on_screen_resume(self) -> None:
        """Steps may have been done elsewhere."""
        super().on_screen_resume()
        # There is a width, and so there are rows to stand on, once it is laid out.
        self.call_after_refresh(self._show, keep=True)

    def on_resize(self, event: events.Resize) -> None:
        """The page lays itself out; nothing here takes the keys."""

    def _show(self, *, keep: bool = False) -> None:
        self.nexus.attempt(self._read)
        pane = self.query_one(Pane)
        pane.show(self.lay_out, keep=keep)
        if pane.selected not in pane.items:
            pane.selected = self._first(pane.items)
        pane.reveal(pane.selected)
        self.refresh_bindings()

    def _read(self) -> None:
        paths = self.tutor.paths
        choices = paths.choices()
        self._chosen = choices.path
        wanted = [path.id for path in (paths.whole, *paths.all)]
        self._routes = {id: paths.route(id, choices) for id in wanted}

    def _first(self, items: Sequence[str]) -> str:
        """Where one begins to look: the path followed, the next step."""
        route = self._routes.get(self._open) if self._open is not None else None
        step = route.next if route else None
        wanted = f"step:{step.id}" if step else f"path:{self._chosen}"
        return wanted if wanted in items else next(iter(items), "")

    # Drawing

    def lay_out(self, width: int) -> Sequence[Line]:
        """The paths, or one of them."""
        if self._open is None:
            return [*self._all(width)]
        return [*self._one(self._routes[self._open], width)] if self._routes else []

    def _all(self, width: int) -> Iterator[Line]:
        yield Line(plain("Learning paths", "bold"))
        yield from flow(plain(INTRO, "$muted"), width)
        for id, route in self._routes.items():
            yield BLANK
            yield from on(self._path(id, route, width), item=f"path:{id}")

    def _path(self, id: str, route: Route, width: int) -> Iterator[Line]:
        mine = words(("  followed", "bold $accent")) if id == self._chosen else ""
        yield from flow(words((route.path.title, "bold"), mine), width)
        yield from flow(plain(route.path.whom, "$muted"), width)
        yield from flow(words(self._bar(route), "  ", (planned.progress(route), "$muted")), width)

    def _bar(self, route: Route) -> Content:
        full = round(route.done / route.total * BAR) if route.total else 0
        glyphs = self.glyphs
        return words((glyphs.bar * full, "$primary"), (glyphs.rest * (BAR - full), "$rule"))

    def _one(self, route: Route, width: int) -> Iterator[Line]:
        mine = words(("  followed", "bold $accent")) if route.path.id == self._chosen else ""
        yield from flow(words((route.path.title, "bold"), mine), width)
        yield from flow(plain(route.path.whom, "$muted"), width)
        yield from flow(words(self._bar(route), "  ", (planned.progress(route), "$muted")), width)
        if route.plan:
            yield from self._plan(route.plan, width)
        if route.path.id != self._chosen:
            yield from flow(words(("f", "bold $accent"), " follows this path."), width)
        yield BLANK
        upcoming = route.next
        for step in route.steps:
            yield from self._step(step, step is upcoming, width)
        if route.path.ends:
            yield BLANK
            yield from flow(plain(f"It ends with {route.path.ends}.", "$muted"), width)

    def _plan(self, plan: Plan, width: int) -> Iterator[Line]:
        yield BLANK
        for sentence in planned.sentences(plan):
            yield from flow(plain(sentence), width)

    def _step(self, step: Step, upcoming: bool, width: int) -> Iterator[Line]:
        if step.fork:
            yield from self._fork(step, width)
            return
        sign, style = self._sign(step)
        told = KINDS.get(step.kind, "known" if step.known else "")
        minutes = f"{step.minutes} min" if step.open else ""
        rest = " · ".join(part for part in (step.module, told, minutes) if part)
        title = (step.title, "bold" if upcoming else "$muted" if step.kind == "to come" else "")
        item = "" if step.kind == "to come" else f"step:{step.id}"
        lead = words((f" {sign} ", style))
        yield from flow(
            words(title, (f"  {rest}", "$muted")), width, first=lead, rest="   ", item=item
        )

    def _sign(self, step: Step) -> tuple[str, str]:
        if step.done or step.known:
            return self.glyphs.check, "$right"
        if step.kind == "to come":
            return self.glyphs.dot, "$muted"
        return (self.glyphs.levels[2] if step.begun else self.glyphs.levels[0]), "$primary"

    def _fork(self, step: Step, width: int) -> Iterator[Line]:
        assert step.fork is not None
        lead = words((f" {self.glyphs.challenge} ", "$accent"))
        yield from flow(plain(step.title, "bold"), width, first=lead, rest="   ")
        for branch in step.fork.branches:
            taken = branch.id == step.taken
            sign = self.glyphs.check if taken else self.glyphs.lab
            yield from flow(
                plain(branch.text, "bold" if taken else ""),
                width,
                first=words((f"   {sign} ", "$right" if taken else "$muted")),
                rest="     ",
                item=f"branch:{step.id}:{branch.id}",
            )

    # Keys

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The path one follows already needs not be followed."""
        return action != "follow" or self._here() not in (None, self._chosen)

    def _here(self) -> str | None:
        """The path that is open or under the hand."""
        if self._open is not None:
            return self._open
        selected = self.query_one(Pane).selected
        return selected.removeprefix("path:") if selected.startswith("path:") else None

    def action_move(self, by: int) -> None:
        """Another path, or step."""
        pane = self.query_one(Pane)
        if items := pane.items:
            at = items.index(pane.selected) + by if pane.selected in items else 0
            pane.selected = items[max(0, min(at, len(items) - 1))]
            pane.reveal(pane.selected)
            if not at or at < 0:
                pane.action_edge(False)
            self.refresh_bindings()

    def action_page(self, by: int) -> None:
        """Scroll by a page."""
        self.query_one(Pane).action_page(by)

    def on_pane_chosen(self, message: Pane.Chosen) -> None:
        """A row was clicked."""
        message.pane.selected = message.item
        self.action_open()

    def action_open(self) -> None:
        """Look at a path, open a step, take a branch."""
        kind, _, id = self.query_one(Pane).selected.partition(":")
        if kind == "path":
            self._open = id
            self._show()
        elif kind == "step":
            self.nexus.open_id(id)
        elif kind == "branch" and self._open is not None:
            path, (fork, _, branch) = self._open, id.partition(":")
            self.nexus.attempt(lambda: self.tutor.paths.turn(path, fork, branch))
            self._show(keep=True)

    def action_follow(self) -> None:
        """Follow the path from now on."""
        id = self._here()
        if id is not None:
            self.nexus.attempt(lambda: self.tutor.paths.choose(id))
            self._show(keep=True)

    def action_goal(self) -> None:
        """A day to be through by."""
        from nexus_tui.ui.going import goal

        goal(self.nexus)

    def action_back(self) -> None:
        """From a path to all of them; from these to where one was."""
        if self._open is None:
            self.app.pop_screen()
            return
        before, self._open = self._open, None
        self._show()
        self.query_one(Pane).selected = f"path:{before}"
        self.query_one(Pane).reveal(f"path:{before}")
        self.refresh_bindings()
