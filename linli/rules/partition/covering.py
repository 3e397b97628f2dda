"""Choosing parts so that every unit is in exactly one: a linear programme with prices, and the choice itself (HiGHS)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import highspy
import numpy as np
from numpy.typing import NDArray

from linli.rules.partition.effort import Effort
from linli.rules.partition.metres import Floats

Ints = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Pool:
    """Candidate parts: their sparse columns (``starts``, ``members``) and what each costs."""

    starts: Ints
    members: Ints
    costs: Floats

    def __len__(self) -> int:
        return len(self.costs)

    def priced(self, prices: Floats) -> Floats:
        """The sum of the units' prices in each part."""
        sums = np.concatenate([[0.0], np.cumsum(prices[self.members])])
        found: Floats = sums[self.starts[1:]] - sums[self.starts[:-1]]
        return found

    def only(self, chosen: NDArray[np.intp]) -> Pool:
        """The pool of the chosen parts, in their order."""
        lengths = self.starts[1:] - self.starts[:-1]
        taken = lengths[chosen]
        starts = np.concatenate([[0], np.cumsum(taken)]).astype(np.int32)
        offsets = np.repeat(self.starts[:-1][chosen] - starts[:-1], taken) + np.arange(starts[-1])
        return Pool(starts, self.members[offsets], self.costs[chosen])


def pool_of(parts: Sequence[Sequence[int]], costs: Floats) -> Pool:
    """A pool of parts given by their members."""
    starts = np.concatenate([[0], np.cumsum([len(p) for p in parts])]).astype(np.int32)
    members = np.array([u for p in parts for u in p], dtype=np.int32)
    return Pool(starts, members, np.asarray(costs, dtype=np.float64))


@dataclass(frozen=True, slots=True)
class Relaxed:
    """The linear programme's answer: its value, the price of each unit and of a grid, how much each part is taken."""

    value: float
    prices: Floats
    toll: float
    shares: Floats

    def reduced(self, pool: Pool) -> Floats:
        """What each part costs beyond its price: never below zero at the optimum."""
        found: Floats = pool.costs - pool.priced(self.prices) - self.toll
        return found


@dataclass(frozen=True, slots=True)
class Chosen:
    """The choice: the parts taken (indices of the pool), its cost, and what no choice can go below."""

    parts: tuple[int, ...]
    cost: float
    bound: float


def _model(pool: Pool, units: int, grids: int, whole: bool) -> highspy.HighsLp:
    """Each unit once, ``grids`` parts in all; the last row counts the parts."""
    columns = len(pool)
    starts: Ints = np.asarray(pool.starts + np.arange(columns + 1), dtype=np.int32)
    index = np.full(len(pool.members) + columns, units, dtype=np.int32)
    inside = np.ones(len(index), dtype=bool)
    inside[starts[1:] - 1] = False
    index[inside] = pool.members
    return _programme(starts, index, np.ones(len(index)), pool.costs, units, grids, whole)


def _programme(
    starts: Ints, index: Ints, values: Floats, costs: Floats, units: int, grids: int, whole: bool
) -> highspy.HighsLp:
    columns = len(costs)
    sides = np.concatenate([np.ones(units), [float(grids)]])
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = columns, units + 1
    model.col_cost_, model.col_lower_ = costs, np.zeros(columns)
    model.col_upper_ = np.ones(columns) if whole else np.full(columns, highspy.kHighsInf)
    model.row_lower_, model.row_upper_ = sides, sides
    model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    model.a_matrix_.start_, model.a_matrix_.index_, model.a_matrix_.value_ = starts, index, values
    if whole:
        model.integrality_ = [highspy.HighsVarType.kInteger] * columns
    return model


def quiet(left: float = float("inf")) -> highspy.Highs:
    """A solver that says nothing, works alone and always the same way; ``left`` are the seconds that it may take."""
    solver = highspy.Highs()  # type: ignore[no-untyped-call]
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("threads", 1)
    solver.setOptionValue("random_seed", 1)
    if left < float("inf"):
        solver.setOptionValue("time_limit", max(0.1, left))
    return solver


def relax(pool: Pool, units: int, grids: int) -> Relaxed | None:
    """The linear programme over the whole pool; None where it has no answer."""
    solver = quiet()
    solver.passModel(_model(pool, units, grids, whole=False))
    solver.run()
    if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        return None
    answer = solver.getSolution()
    prices = np.array(answer.row_dual)
    value = solver.getInfo().objective_function_value
    return Relaxed(value, prices[:units], float(prices[units]), np.array(answer.col_value))


def coverable(pool: Pool, units: int, grids: int, batch: int = 3000) -> NDArray[np.intp] | None:
    """Parts of the pool with which the linear programme has an answer; None where it has none with the whole pool.

    Units alone and empty parts patch what is not covered yet, at a price, until the parts that are called for leave
    nothing to patch.
    """
    inside = np.arange(min(batch, len(pool)))
    while True:
        small = pool.only(inside)
        model = _elastic(small, units, grids)
        solver = quiet()
        solver.passModel(model)
        solver.run()
        answer, value = solver.getSolution(), solver.getInfo().objective_function_value
        if value < 1e-7:
            return inside
        prices = np.array(answer.row_dual)
        reduced = -pool.priced(prices[:units]) - prices[units]
        called = np.flatnonzero(reduced < -1e-7)
        fresh = np.setdiff1d(called, inside)
        if not len(fresh):
            return None
        if len(fresh) > batch:
            fresh = fresh[np.argpartition(reduced[fresh], batch)[:batch]]
        inside = np.union1d(inside, fresh)


def _elastic(pool: Pool, units: int, grids: int) -> highspy.HighsLp:
    """The parts free of charge; what is missing of a unit or of the number of parts, or one part too many, costs 1."""
    columns = len(pool)
    lengths = pool.starts[1:] - pool.starts[:-1]
    ends = np.cumsum(lengths + 1)
    index = np.full(len(pool.members) + columns, units, dtype=np.int32)
    inside = np.ones(len(index), dtype=bool)
    inside[ends - 1] = False
    index[inside] = pool.members
    starts = np.concatenate([[0], ends, ends[-1] + np.arange(1, units + 3)]).astype(np.int32)
    index = np.concatenate([index, np.arange(units + 1, dtype=np.int32), np.array([units], dtype=np.int32)])
    values = np.ones(len(index))
    values[-1] = -1
    costs = np.concatenate([np.zeros(columns), np.ones(units + 2)])
    return _programme(starts, index, values, costs, units, grids, whole=False)


def relax_by_pricing(
    pool: Pool, units: int, grids: int, begin: NDArray[np.intp], batch: int = 3000
) -> Relaxed | None:
    """The linear programme of a large pool: only parts that the prices call for enter, until none is called for any more.

    ``begin`` are parts with which it has an answer (``coverable``).
    """
    inside = np.unique(begin)
    while True:
        found = relax(pool.only(inside), units, grids)
        if found is None:
            return None
        reduced = found.reduced(pool)
        called = np.setdiff1d(np.flatnonzero(reduced < -1e-7 * (1 + abs(found.value))), inside)
        if not len(called):
            shares = np.zeros(len(pool))
            shares[inside] = found.shares
            slack = min(0.0, float(reduced.min(initial=0.0))) * grids
            return Relaxed(found.value + slack, found.prices, found.toll, shares)
        if len(called) > batch:
            called = called[np.argpartition(reduced[called], batch)[:batch]]
        inside = np.union1d(inside, called)


def choose(pool: Pool, units: int, grids: int, effort: Effort, start: Sequence[int] = ()) -> Chosen | None:
    """The cheapest choice of whole parts, or the best that the effort finds; None where none was found.

    ``start`` is a choice that is known. A choice that was proven impossible has an infinite ``bound`` and no parts.
    """
    solver = quiet(effort.left())
    solver.setOptionValue("mip_max_nodes", effort.nodes)
    solver.setOptionValue("mip_rel_gap", 0.0)
    solver.setOptionValue("mip_abs_gap", 1e-6)
    solver.passModel(_model(pool, units, grids, whole=True))
    if start:
        solver.setSolution(len(start), np.array(start, dtype=np.int32), np.ones(len(start)))
    solver.run()
    if solver.getModelStatus() == highspy.HighsModelStatus.kInfeasible:
        return Chosen((), float("inf"), float("inf"))
    info = solver.getInfo()
    if info.primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
        return None
    taken = np.flatnonzero(np.array(solver.getSolution().col_value) > 0.5)
    cost = float(pool.costs[taken].sum())
    return Chosen(tuple(taken.tolist()), cost, min(float(info.mip_dual_bound), cost))
