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


def test_one_that_is_slow_counts_once_and_not_for_all_who_wait():
    async def scenario():
        room, go_on = Room(2), asyncio.Event()
        slow = asyncio.create_task(_hold(room, go_on, 60, [], 0))
        await asyncio.sleep(0.3)
        others = [asyncio.create_task(_hold(room, go_on, 60, [], n)) for n in range(1, 4)]
        await asyncio.sleep(0.01)
        # Three would have to go before, and one of both places is a quarter of a second late.
        assert room.expected_wait_s() == pytest.approx((3 * 0.05 + 0.26) / 2, abs=0.04)
        await asyncio.sleep(0.3)
        # Now both are.
        assert room.expected_wait_s() == pytest.approx((3 * 0.05 + 0.56 + 0.26) / 2, abs=0.08)
        go_on.set()
        await asyncio.gather(slow, *others)

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
        async with admission.place(Work.HINTS):
            pass
        tasks = [asyncio.create_task(_hold(ranking, go_on, 60, [], n)) for n in range(12)]
        await asyncio.sleep(0.01)
        with pytest.raises(ProblemError):
            async with admission.place(Work.HINTS):
                pass
        async with admission.place(Work.GLANCES):
            pass
        go_on.set()
        await asyncio.gather(*tasks)

    asyncio.run(scenario())


def test_who_searches_goes_before_all_who_give_way():
    async def scenario():
        room, order = Room(1), []

        async def visit(name: str, gives_way: bool) -> None:
            async with room.place(60, gives_way):
                order.append(name)
                await asyncio.sleep(0)

        async with room.place(60):
            tasks = [
                asyncio.create_task(visit(f"{kind} {n}", kind == "hint"))
                for n in range(2)
                for kind in ("hint", "search")
            ]
            await asyncio.sleep(0.01)
            # A search waits for the one inside and two more; a hint for all of them.
            assert room.expected_wait_s() == pytest.approx(3 * 0.05, rel=0.3)
            assert room.expected_wait_s(gives_way=True) == pytest.approx(5 * 0.05, rel=0.3)
        await asyncio.gather(*tasks)
        assert order == ["search 0", "search 1", "hint 0", "hint 1"]

    asyncio.run(scenario())


def test_those_who_give_way_leave_a_place_for_who_searches():
    async def scenario():
        room, go_on, order = Room(2), asyncio.Event(), []

        async def hold(number: int) -> None:
            async with room.place(60, gives_way=True):
                order.append(number)
                await go_on.wait()

        hints = [asyncio.create_task(hold(n)) for n in range(2)]
        await asyncio.sleep(0.01)
        assert order == [0]
        assert room.expected_wait_s(gives_way=True) > room.expected_wait_s() == 0
        async with room.place(0):
            pass
        assert order == [0]  # the place that is left is none for the second hint
        go_on.set()
        await asyncio.gather(*hints)
        assert order == [0, 1]

    asyncio.run(scenario())


def test_who_gives_way_waits_no_longer_than_it_would():
    async def scenario():
        room = Room(1)
        async with room.place(60):
            start = asyncio.get_running_loop().time()
            with pytest.raises(ProblemError) as refused:
                async with room.place(0.1, gives_way=True):
                    pass
            assert 0.08 < asyncio.get_running_loop().time() - start < 1
            assert refused.value.status == 503
        async with room.place(0, gives_way=True):  # it left no gap in the queue
            assert room.expected_wait_s() > 0

    asyncio.run(scenario())


@pytest.mark.parametrize("gives_up", [False, True])
def test_who_gives_up_at_the_moment_of_being_let_in_passes_the_place_on(gives_up):
    async def scenario():
        room, order = Room(1), []
        inside = room.place(60)
        await inside.__aenter__()
        first = asyncio.create_task(_hold(room, asyncio.Event(), 60, order, 1))
        await asyncio.sleep(0.01)
        second = asyncio.create_task(_hold(room, asyncio.Event(), 60, order, 2))
        await asyncio.sleep(0.01)
        if gives_up:
            first.cancel()
        await inside.__aexit__(None, None, None)
        if not gives_up:  # let in, and gone before it could enter
            first.cancel()
        await asyncio.sleep(0.01)
        assert order == [2]
        second.cancel()
        await asyncio.gather(first, second, return_exceptions=True)
        async with room.place(0):
            pass

    asyncio.run(scenario())
