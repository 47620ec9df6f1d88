"""Who would wait too long is told at once; the others are served in turn."""

from __future__ import annotations

import asyncio

import pytest

from service.problems import ProblemError
from service.web.admission import Admission, Room, Work


async def _hold(room: Room, go_on: asyncio.Event, patience_s: float, order: list[int], number: int):
    async with room.place(patience_s):
        order.append(number)
        await go_on.wait()


def test_a_free_place_costs_no_wait():
    async def scenario():
        room = Room(2)
        assert room.expected_wait_s() == 0
        async with room.place(0):
            assert room.expected_wait_s() == 0
            async with room.place(0):
                assert room.expected_wait_s() > 0
        assert room.expected_wait_s() == 0

    asyncio.run(scenario())


def test_those_who_wait_are_served_in_the_order_of_arrival():
    async def scenario():
        room, go_on, order = Room(1), asyncio.Event(), []
        tasks = [asyncio.create_task(_hold(room, go_on, 60, order, n)) for n in range(5)]
        await asyncio.sleep(0.01)
        assert order == [0]
        go_on.set()
        await asyncio.gather(*tasks)
        assert order == [0, 1, 2, 3, 4]

    asyncio.run(scenario())


def test_the_wait_grows_with_the_queue_and_less_patience_gives_way_first():
    async def scenario():
        room, go_on, order = Room(1), asyncio.Event(), []
        tasks = [asyncio.create_task(_hold(room, go_on, 60, order, n)) for n in range(4)]
        await asyncio.sleep(0.01)
        wait_s = room.expected_wait_s()
        assert wait_s == pytest.approx(
            4 * 0.05, rel=0.1
        )  # one inside, three waiting, the first guess each
        with pytest.raises(ProblemError) as refused:
            async with room.place(wait_s / 2):
                pass
        assert refused.value.status == 503
        assert refused.value.headers == {"Retry-After": "1"}
        assert Work.HINTS.patience_s < Work.RANKING.patience_s
        assert Work.HINTS.room == Work.RANKING.room
        go_on.set()
        await asyncio.gather(*tasks)

    asyncio.run(scenario())


def test_what_took_long_is_expected_to_take_long():
    async def scenario():
        room = Room(1)
        async with room.place(1):
            await asyncio.sleep(0.3)
        async with room.place(1):
            assert room.expected_wait_s() > 0.06

    asyncio.run(scenario())


def test_what_goes_on_for_long_is_seen_before_it_ends():
    async def scenario():
        room = Room(1)
        async with room.place(1):
            soon_s = room.expected_wait_s()
            await asyncio.sleep(0.3)
            assert soon_s == pytest.approx(0.05, abs=0.02)
            assert room.expected_wait_s() >= 0.3

    asyncio.run(scenario())


def test_a_place_is_given_back_whatever_happens():
    async def scenario():
        room = Room(1)
        with pytest.raises(ZeroDivisionError):
            async with room.place(1):
                raise ZeroDivisionError
        async with room.place(0):
            pass
        # One who gives up while waiting leaves no gap either.
        async with room.place(1):
            waiting = asyncio.create_task(_hold(room, asyncio.Event(), 60, [], 0))
            await asyncio.sleep(0.01)
            waiting.cancel()
            await asyncio.gather(waiting, return_exceptions=True)
        async with room.place(0):
            pass

    asyncio.run(scenario())


def test_classes_of_work_do_not_wait_for_each_other():
    async def scenario():
        admission = Admission()
        busy = [admission.place(Work.STORED) for _ in range(8)]
        for place in busy:
            await place.__aenter__()
        async with admission.place(Work.PAGES), admission.place(Work.RANKING):
            pass
        for place in busy:
            await place.__aexit__(None, None, None)

    asyncio.run(scenario())


def test_hints_leave_the_places_of_searches_and_take_one_of_their_own():
    async def scenario():
        admission, go_on = Admission(), asyncio.Event()
        ranking = admission._rooms["ranking"]
        assert not admission.is_busy(Work.HINTS)
        tasks = [asyncio.create_task(_hold(ranking, go_on, 60, [], n)) for n in range(12)]
        await asyncio.sleep(0.01)
        assert admission.is_busy(Work.HINTS)
        async with admission.place(Work.GLANCES):
            pass
        go_on.set()
        await asyncio.gather(*tasks)

    asyncio.run(scenario())
