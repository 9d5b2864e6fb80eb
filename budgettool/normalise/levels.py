"""Where a row stands decides what it is about: a region as a title above its providers, "of which" below a sum, a name set in.

    Актюбинская область   100        the region's own figure
      в т.ч. за счет РБ    80        funding `republic` of that region, a part of the 100
      ОФ «Образец»         60        a provider of that region, compared with the 100 and never added to it
      Аренда               25        no dimension that we know: a breakdown, `item=Аренда`

A part takes over what the row above it is about. Parts that nothing proves to be parts (no "of which", no level, no
sum) stay what they were: rows without a region that we know.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from budgettool.letters import unmixed
from budgettool.normalise.aspects import PARTS, Aspect, aspect, breakdown
from budgettool.normalise.codes import Coded
from budgettool.normalise.keys import own_region
from budgettool.normalise.named import Names
from budgettool.normalise.parts import proven
from budgettool.normalise.standing import Standing, Standings
from budgettool.normalise.totals import SUMS
from budgettool.normalise.work import Reader, Work
from budgettool.read.sheet import address
from budgettool.recognise.layout import Hints, Row, RowKind
from budgettool.recognise.vocabulary import folded, vocabulary
from budgettool.terms import MEASURES, Kind

_HELD = {"programme": "programme", "period": "written", "provider": "provider", "funding": "funding"}
"""What a title may state, and where a standing keeps it."""


@dataclass(slots=True)
class _Run:
    """Parts that follow each other below one row: what opened them ("title", "prefix" or nothing), and the total just above them."""

    opened: str = ""
    total: int | None = None
    parts: list[tuple[Row, Aspect]] = field(default_factory=list)


@dataclass(slots=True)
class _Walk:
    """What holds at a row of the table: the region, programme, provider and period above it, and the rows that it may be a part of."""

    work: Work
    hints: Hints
    coded: Coded
    names: Names
    once: str | None
    over_regions: frozenset[int]
    found: Standings = field(default_factory=Standings)
    above: Standing = field(default_factory=Standing)
    region_id: str | None = None
    outside: set[str] = field(default_factory=set)
    section: str | None = None
    subjects: list[tuple[int, int]] = field(default_factory=list)
    stack: list[tuple[int, int]] = field(default_factory=list)
    run: _Run = field(default_factory=_Run)
    last: int = 0
    own_row: bool = False
    listed: bool = False
    summed: bool = False
    plain: set[str | None] = field(default_factory=set)
    totals: dict[int, str | None] = field(default_factory=dict)

    @property
    def year(self) -> int | None:
        stated = self.above.written or self.work.table.context.written
        said = self.hints.period or (stated.period if stated else None)
        return said.first.year if said and said.is_within_year else None


def standings(work: Work, reader: Reader, coded: Coded) -> Standings:
    """The standing of every data row of a table."""
    names = Names.of(work, reader.register)
    walk = _Walk(work, reader.hints, coded, names, own_region(work.table, reader.hints), _over_regions(work.table.rows, names))
    for row in work.table.rows:
        _step(walk, row)
    _close(walk)
    _totals_without_lines(walk)
    return walk.found


def _over_regions(rows: Iterable[Row], names: Names) -> frozenset[int]:
    """The titles whose next row of figures is that of a region: what they state holds around regions."""
    found: set[int] = set()
    waiting: list[int] = []
    for row in rows:
        if row.kind is RowKind.SECTION:
            told = aspect(row.label, names.register)
            found.update(waiting if told.kind == "region" else ())
            waiting = [] if told.kind == "region" else [*waiting, row.number]
        elif row.kind is RowKind.DATA and waiting:
            found.update(waiting if names.is_of_region(row) else ())
            waiting = []
    return frozenset(found)


def _step(walk: _Walk, row: Row) -> None:
    if row.number > walk.last + 1 and walk.run.parts:
        _close(walk)
    walk.last = row.number
    if row.kind is RowKind.SECTION:
        _title(walk, row)
    elif row.kind in SUMS:
        _total(walk, row)
    elif row.kind is RowKind.DATA:
        _data(walk, row)
    elif row.kind is RowKind.NOTE:
        named = walk.names.region(row, walk.year)
        if named and named[0].kind == "region":
            _enter(walk, named)


def _total(walk: _Walk, row: Row) -> None:
    """A total speaks of the region above it where that has no figures of its own, once; else of all regions, unless it names one."""
    _close(walk)
    cell = walk.names.region(row, walk.year)
    named = cell if cell is not None and cell[0].kind == "region" else walk.names.in_total(row)
    country = walk.names.register.home.country
    if cell is not None and cell[0].kind == "region" and cell[0].region != country and _is_new(walk, cell[0]):
        _enter(walk, cell)
    inside = walk.above.region is not None and not walk.own_row and not walk.summed
    standing = replace(walk.above, provider=None) if inside else Standing(written=walk.above.written, country=walk.once is None)
    if named is not None and named[0].region != country:
        standing = replace(standing, region=(named[0].value, named[1]), country=False)
    walk.summed = True
    walk.run = _Run(total=row.number)
    walk.stack.clear()
    walk.found.rows[row.number] = standing
    walk.totals[row.number] = standing.region[0] if standing.region else None


def _totals_without_lines(walk: _Walk) -> None:
    """A total of which the table has no line is itself the figure, and its parts are read; those of any other total are sums like it."""
    wholes = {standing.whole for standing in walk.found.rows.values()}
    for number, region in walk.totals.items():
        lines = region in walk.plain if region is not None else bool(walk.plain)
        if lines or (region is None and number not in wholes):
            continue
        if number == max(walk.totals) and _sums_all(walk, number):
            walk.found.rows[number] = Standing(written=walk.found.rows[number].written, country=walk.once is None)
        else:
            walk.found.kinds[number] = RowKind.DATA
    summed = walk.totals.keys() - walk.found.kinds.keys()
    of_totals = [number for number, standing in walk.found.rows.items() if standing.whole in summed]
    walk.found.kinds |= dict.fromkeys(of_totals, RowKind.TOTAL)
    walk.found.of_totals.update(of_totals)


def _sums_all(walk: _Walk, total: int) -> bool:
    """Whether a total is, in every column, what all lines above it add up to: it is none of the region alone whose name stands above it."""
    lines = [number for number in walk.found.rows if number < total and number not in walk.totals]
    columns = [column.figures for _, column in walk.work.columns if total in column.figures]
    return bool(lines) and all(sum(figures[n].value for n in lines if n in figures) == figures[total].value for figures in columns)


# ---- titles


def _title(walk: _Walk, row: Row) -> None:
    """A title above rows: "of which" opens parts, a region, programme, period or provider holds for the rows below, all else is a section."""
    told = aspect(row.label, walk.names.register, walk.year)
    if told.of_which:
        total = walk.run.total
        _close(walk)
        walk.run = _Run("title", total)
        return
    _close(walk)
    cell = address(row.number, row.column)
    if told.kind == "region":
        _enter(walk, (told, cell))
    elif told.kind in ("period", "programme", "provider", "funding"):
        _enter_inner(walk, told, around=row.number in walk.over_regions)
    else:
        walk.section = None if vocabulary().is_row("total", unmixed(folded(row.label))) else row.label
        return
    walk.found.titles[row.number] = told.kind


def _enter(walk: _Walk, named: tuple[Aspect, str]) -> None:
    """A region begins: whatever was inside of the one before it ends; what stands around regions goes on."""
    told, cell = named
    kept = {name: getattr(walk.above, name) for kind, name in _HELD.items() if kind in walk.outside}
    walk.above = Standing(region=(told.value, cell), **kept)
    walk.region_id = told.region
    walk.subjects.clear()
    walk.stack.clear()
    walk.own_row = walk.summed = walk.listed = False


def _enter_inner(walk: _Walk, told: Aspect, *, around: bool) -> None:
    """A programme, fund, period or provider begins: around the regions, if it or the first of its kind stood above them, else within one."""
    if around or walk.above.region is None:
        walk.outside.add(told.kind)
    if walk.above.region is not None and told.kind in walk.outside:
        walk.above = replace(walk.above, region=None)
        walk.region_id = None
        walk.subjects.clear()
        walk.stack.clear()
    if told.kind == "period":
        walk.above = replace(walk.above, written=told.written)
    elif told.kind == "programme":
        walk.above = replace(walk.above, programme=told.value, provider=None)
    elif told.kind == "provider":
        walk.above = replace(walk.above, provider=told.value)
    else:
        walk.above = replace(walk.above, funding=told.value)


# ---- rows of figures


def _data(walk: _Walk, row: Row) -> None:
    named = walk.names.region(row, walk.year)
    has_region = named is not None and named[0].kind == "region"
    other = walk.names.other(row, walk.year, with_region=has_region)
    if not has_region:
        name, named = named, None
        if other is not None and other[0].kind == "region":
            named, other = other, None
        else:
            other = name or other
    if named is not None and _is_inside(walk, named[0]):
        other, named = (replace(named[0], kind="place"), named[1]), None
    fresh = named is not None and _is_new(walk, named[0])
    if named is not None and fresh:
        _close(walk)
        _enter(walk, named)
    told = other[0] if other else None
    if told is not None and told.kind in PARTS and (told.of_which or not _is_listed(walk, row, (told, named is not None), fresh=fresh)):
        _part(walk, row, told, None if has_region else name)
    else:
        _subject(walk, row, told if told and told.kind != "opener" else None, named_here=named is not None)


def _is_new(walk: _Walk, told: Aspect) -> bool:
    return walk.above.region is None or told.value != walk.above.region[0]


def _is_listed(walk: _Walk, row: Row, named: tuple[Aspect, bool], *, fresh: bool) -> bool:
    """Whether a row stands for itself beside others of its region: it has a code or the region's name, or the region's first row has a name too."""
    told, has_region = named
    if fresh:
        walk.listed = told.kind in PARTS
    above = next((level for level, _ in reversed(walk.stack) if level < row.level), None)
    return fresh or row.number in walk.coded.own or (above is None and (walk.listed or (has_region and walk.names.is_written(row))))


def _is_inside(walk: _Walk, told: Aspect) -> bool:
    """Whether a region's name stands for a part of the region above: "of which Shymkent", or the town Aktobe below its own region."""
    if walk.above.region is None or told.value == walk.above.region[0]:
        return False
    is_town = told.presumed and told.region == walk.region_id and not walk.names.register.is_city(told.region or "")
    return told.of_which or (is_town and bool(walk.subjects))


def _subject(walk: _Walk, row: Row, other: Aspect | None, *, named_here: bool) -> None:
    """A row that is no part by its name: a region, a programme or a provider of its own."""
    _close(walk)
    own = walk.names.provider_of(row)
    if other is not None and other.kind == "programme":
        if named_here:
            walk.above = replace(walk.above, programme=other.value)
        else:
            _enter_inner(walk, other, around=False)
    standing = walk.above
    if other is not None and other.kind == "provider" and not own:
        standing = replace(standing, provider=other.value)
    elif other is not None and other.kind == "period":
        standing = replace(standing, written=other.written)
    elif other is not None and (named_here or walk.listed) and other.kind in ("funding", "version"):
        standing = _with(standing, other)
    coded = walk.coded.programmes.get(row.number)
    if not named_here and standing.region is not None:
        blank = walk.names.is_blank(row)
        about = own or coded or other is not None or walk.names.providers is not None
        standing = replace(standing, carried=blank and row.level == 0) if about or not blank else replace(standing, region=None)
    _keep(walk, row, standing)
    rank = 9 if own or standing.provider else len(coded.split(".")) if coded else 1 if other and other.kind == "programme" else 0
    walk.own_row = walk.own_row or (named_here and rank == 0)
    walk.subjects = [(number, of) for number, of in walk.subjects if of < rank]
    above = next((number for number, _ in reversed(walk.subjects) if walk.work.has_figures(number)), None)
    if above is not None and _is_under(coded, walk.coded.programmes.get(above)):
        walk.found.under[row.number] = above
        walk.found.ways[row.number] = "provider" if rank == 9 else "programme"
        if other is not None and other.of_which:
            walk.found.partial.add(row.number)
    walk.subjects.append((row.number, rank))


def _is_under(code: str | None, of: str | None) -> bool:
    return of is None or (code is not None and code.split(".")[: len(of.split("."))] == of.split("."))


def _with(standing: Standing, told: Aspect) -> Standing:
    """A standing with the funding or the kind of people that a name states."""
    return replace(standing, funding=told.value) if told.kind == "funding" else replace(standing, version=told.value)


def _keep(walk: _Walk, row: Row, standing: Standing) -> None:
    while walk.stack and walk.stack[-1][0] >= row.level:
        walk.stack.pop()
    walk.stack.append((row.level, row.number))
    walk.found.rows[row.number] = standing
    if walk.section is not None:
        walk.found.sections[row.number] = walk.section
    if standing.whole is None and standing.version is None:
        walk.plain.add(standing.region[0] if standing.region else None)


def _part(walk: _Walk, row: Row, told: Aspect, name: tuple[Aspect, str] | None) -> None:
    """A row that may be a part of one above it: at once where its level says so, else with those that follow it."""
    above = next((number for level, number in reversed(walk.stack) if level < row.level), None)
    if above is not None:
        _hang(walk, row, told, above, partial=bool(walk.run.opened))
        return
    if told.of_which and not walk.run.opened:
        walk.run.opened = "prefix"
    walk.run.parts.append((row, told))
    if name is not None:
        walk.found.rows[row.number] = Standing(region=(name[0].value, name[1]))


def _hang(walk: _Walk, row: Row, told: Aspect, whole: int, *, partial: bool) -> None:
    """Make a row a part of another one: it is about the same, and about what its name adds."""
    standing = walk.found.rows.get(whole, walk.above)
    dimension = told.kind in ("funding", "version")
    standing = _with(standing, told) if dimension else replace(standing, category=breakdown(told))
    _keep(walk, row, replace(standing, whole=whole, carried=False))
    walk.found.under[row.number] = whole
    walk.found.ways[row.number] = told.kind
    if partial or told.of_which or dimension:
        walk.found.partial.add(row.number)


def _close(walk: _Walk) -> None:
    """Decide what the parts gathered so far are parts of."""
    run, walk.run = walk.run, _Run()
    while run.parts:
        wholes = [number for number, _ in reversed(walk.subjects) if walk.work.has_figures(number)]
        if run.total is not None:
            wholes.insert(0, run.total)
        if not wholes:
            _alone(walk, run)
            return
        whole, count, exact = proven([row.number for row, _ in run.parts], wholes, walk.work, opened=bool(run.opened))
        taken, run.parts = run.parts[:count], run.parts[count:]
        _attach(walk, taken, whole, exact=exact, opened=run.opened)
        if exact and run.opened:
            run.opened = "more" if _only_people(walk, whole) else "" if walk.names.any_region else "closed"


def _attach(walk: _Walk, parts: Iterable[tuple[Row, Aspect]], whole: int, *, exact: bool, opened: str) -> None:
    for row, told in parts:
        elsewhere = told.kind == "place" and told.region not in (None, walk.region_id) and not told.of_which
        sure = not elsewhere and (
            exact or told.kind in ("funding", "version", "place") or told.of_which or (opened in ("title", "more") and told.kind != "near")
        )
        if sure:
            _hang(walk, row, told, whole, partial=bool(opened))
        elif opened:
            _refuse(walk, row)
        else:
            _unknown(walk, row)


def _only_people(walk: _Walk, whole: int) -> bool:
    """Whether a row counts people and states no money: people are broken down in several ways below one "of which"."""
    return all(MEASURES[column.measure].kind is Kind.PEOPLE for _, column in walk.work.columns if whole in column.figures)


def _refuse(walk: _Walk, row: Row) -> None:
    """A row of which neither its name nor a sum says whether it is still a part."""
    walk.found.unclear.append(row.number)
    walk.found.rows[row.number] = Standing()


def _alone(walk: _Walk, run: _Run) -> None:
    """Parts without a row above them stand for the region that is stated for them; "of which" without a whole is refused."""
    known = walk.above.region is not None or (walk.once is not None and not walk.names.any_region)
    for row, told in run.parts:
        if run.opened:
            _refuse(walk, row)
        elif known and told.kind in ("funding", "version"):
            _keep(walk, row, _with(walk.above, told))
        elif known and (told.kind != "near" or walk.above.region is None):
            _keep(walk, row, walk.above)
        else:
            _unknown(walk, row)


def _unknown(walk: _Walk, row: Row) -> None:
    """A row that names nothing known: it keeps its name, for whoever resolves it or says that it is none."""
    walk.found.rows.setdefault(row.number, Standing())
    walk.found.unknown.append(row.number)
