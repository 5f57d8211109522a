"""Other people's solvers on orienteering instances: PyVRP, VROOM and OR-tools, as their documents say to use them.

Each is given the whole problem with its own means of leaving visits out at the loss of their value, on one thread, and
answers with orders of ids, one a day. Installed from `requirements-routes.txt`; those that are absent are left out.
"""

import time
from collections.abc import Callable
from datetime import timedelta
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import numpy as np

Json = dict[str, Any]
Orders = list[list[str]]
UNIT = 10  # whole numbers a minute: distances have one decimal
MODULES = {"vroom": "vroom", "pyvrp": "pyvrp", "or-tools": "ortools"}


def available() -> dict[str, Callable[[Json, float], Orders]]:
    """The solvers that are installed, by name: problem and CPU seconds in, orders out."""
    every = {"vroom": vroom_orders, "pyvrp": pyvrp_orders, "or-tools": ortools_orders}
    return {name: solver for name, solver in every.items() if find_spec(MODULES[name]) is not None}


def _whole(minutes: float) -> int:
    return round(minutes * UNIT)


def _matrix(problem: Json) -> np.ndarray:
    return np.array([[_whole(cell) for cell in row] for row in problem["minutes"]], dtype=np.int64)


def vroom_orders(problem: Json, seconds: float) -> Orders:
    """Priorities are whole numbers to 100; it works until it is done or the time is over."""
    vroom: Any = import_module("vroom")

    top = max(stop["value"] for stop in problem["stops"])
    asked = vroom.Input()
    asked.set_durations_matrix("car", _matrix(problem).astype(np.uint32))
    for k, day in enumerate(problem["days"]):
        hours = vroom.TimeWindow(_whole(day["from"]), _whole(day["to"]))
        asked.add_vehicle(vroom.Vehicle(k, start=day["start"], end=day["end"], time_window=hours))
    for i, stop in enumerate(problem["stops"]):
        windows = [vroom.TimeWindow(_whole(a), _whole(b)) for a, b in stop["windows"]]
        priority = round(stop["value"] * (100 / top if top > 100 else 1))
        service = _whole(stop["service"])
        asked.add_job(
            vroom.Job(i, location=stop["place"], default_service=service, priority=priority, time_windows=windows)
        )
    found = asked.solve(exploration_level=5, nb_threads=1, timeout=timedelta(seconds=3 * seconds))
    orders: Orders = [[] for _ in problem["days"]]
    for step in found.routes.itertuples():
        if step.type == "job":
            orders[int(step.vehicle_id)].append(problem["stops"][int(step.id)]["id"])
    return orders


def pyvrp_orders(problem: Json, seconds: float) -> Orders:
    """Clients with prizes; a prize outweighs all driving, as in the problem."""
    pyvrp: Any = import_module("pyvrp")

    matrix, model = _matrix(problem), pyvrp.Model()
    places = [model.add_location(0, 0) for _ in matrix]
    depot = model.add_depot(places[0])
    for day in problem["days"]:
        hours = {"tw_early": _whole(day["from"]), "tw_late": _whole(day["to"])}
        model.add_vehicle_type(1, start_depot=depot, end_depot=depot, **hours)
    prize = int(matrix.max()) * 4
    for stop in problem["stops"]:
        (opens, closes), *_ = stop["windows"]
        model.add_client(
            places[stop["place"]],
            service_duration=_whole(stop["service"]),
            tw_early=_whole(opens),
            tw_late=_whole(closes),
            prize=round(stop["value"] * prize),
            required=False,
        )
    for a, start in enumerate(places):
        for b, end in enumerate(places):
            model.add_edge(start, end, distance=int(matrix[a, b]), duration=int(matrix[a, b]))
    began = time.process_time()
    result = model.solve(stop=lambda _: time.process_time() - began > seconds, seed=1, display=False)
    orders: Orders = [[] for _ in problem["days"]]
    for route in result.best.routes() if result.best.is_feasible() else ():
        visits = [activity.idx for activity in route.schedule() if activity.is_client()]
        orders[route.vehicle_type()] = [problem["stops"][i]["id"] for i in visits]
    return orders


def ortools_orders(problem: Json, seconds: float) -> Orders:
    """Disjunctions with the value as penalty, guided local search."""
    pywrapcp: Any = import_module("ortools.constraint_solver.pywrapcp")
    enums: Any = import_module("ortools.constraint_solver.routing_enums_pb2")

    matrix, stops = _matrix(problem), problem["stops"]
    service = [0] + [_whole(stop["service"]) for stop in stops]
    manager = pywrapcp.RoutingIndexManager(len(matrix), len(problem["days"]), 0)
    routing = pywrapcp.RoutingModel(manager)
    cells = matrix.tolist()

    def takes(a: int, b: int) -> int:
        start, end = manager.IndexToNode(a), manager.IndexToNode(b)
        return int(cells[start][end] + service[start])

    transit = routing.RegisterTransitCallback(takes)
    drive = routing.RegisterTransitCallback(lambda a, b: cells[manager.IndexToNode(a)][manager.IndexToNode(b)])
    routing.SetArcCostEvaluatorOfAllVehicles(drive)
    last = max(_whole(day["to"]) for day in problem["days"])
    routing.AddDimension(transit, last, last, False, "time")
    clock = routing.GetDimensionOrDie("time")
    for i, stop in enumerate(stops, start=1):
        (opens, closes), *_ = stop["windows"]
        clock.CumulVar(manager.NodeToIndex(i)).SetRange(_whole(opens), min(_whole(closes), last))
        routing.AddDisjunction([manager.NodeToIndex(i)], round(stop["value"] * int(matrix.max()) * 4))
    for k, day in enumerate(problem["days"]):
        clock.CumulVar(routing.End(k)).SetRange(0, _whole(day["to"]))
    asked = pywrapcp.DefaultRoutingSearchParameters()
    asked.first_solution_strategy = enums.FirstSolutionStrategy.PARALLEL_CHEAPEST_INSERTION
    asked.local_search_metaheuristic = enums.LocalSearchMetaheuristic.GUIDED_LOCAL_SEARCH
    asked.time_limit.FromSeconds(int(4 * seconds) + 1)
    began = time.process_time()
    routing.AddSearchMonitor(routing.solver().CustomLimit(lambda: time.process_time() - began > seconds))
    found = routing.SolveWithParameters(asked)
    orders: Orders = [[] for _ in problem["days"]]
    for k in range(len(problem["days"]) if found else 0):
        index = found.Value(routing.NextVar(routing.Start(k)))
        while not routing.IsEnd(index):
            orders[k].append(stops[manager.IndexToNode(index) - 1]["id"])
            index = found.Value(routing.NextVar(index))
    return orders
