"""People at the pages, as locust sees them: each with an account and a session of their own, opening a page every so often.

usage: TREEM_SESSIONS=sessions.csv TREEM_WAIT=10 locust -f bench/pages_locust.py --headless -u 500 -r 50 -t 120s --host http://127.0.0.1:PORT
sessions.csv: a cookie a line, made beforehand. Pages are those of a commune officer's day.
"""

import itertools
import os
import random

from locust import FastHttpUser, between, task

with open(os.environ["TREEM_SESSIONS"], encoding="utf-8") as lines:
    SESSIONS = itertools.cycle([line.strip() for line in lines])


class Officer(FastHttpUser):
    """One person. The quicker of locust's two clients: the load comes from the same cores as the pages."""

    # Half to one and a half times as long: people do not click in step, but those whom locust starts within one second would.
    wait_time = between(0.5 * float(os.environ["TREEM_WAIT"]), 1.5 * float(os.environ["TREEM_WAIT"]))

    def __init__(self, environment) -> None:
        self.default_headers = {"Cookie": next(SESSIONS)}
        super().__init__(environment)

    @task(4)
    def today(self) -> None:
        self.client.get("/today", name="today")

    @task(4)
    def rows(self) -> None:
        self.client.get("/list", name="list")

    @task(2)
    def entry(self) -> None:
        self.client.get("/entry", name="entry")

    @task(1)
    def find(self) -> None:
        what = random.choice(["ho thi m", "nguyen van", "le thi", "tran"])
        self.client.post("/find", data={"what": what}, name="find")
