"""People at the pages, as locust sees them: each signs in once, then opens a page every ten seconds.

usage: TREEM_PEOPLE=people.csv locust -f bench/pages_locust.py --headless -u 500 -r 50 -t 120s --host http://127.0.0.1:PORT
people.csv: name,password. Sessions are taken by signing in; pages are those of a commune officer's day.
"""

import csv
import itertools
import os
import random

from locust import HttpUser, constant, task

with open(os.environ["TREEM_PEOPLE"], encoding="utf-8") as lines:
    PEOPLE = itertools.cycle(list(csv.reader(lines)))


class Officer(HttpUser):
    """One person."""

    wait_time = constant(10)

    def on_start(self) -> None:
        name, password = next(PEOPLE)
        self.client.post("/sign-in", data={"name": name, "password": password}, name="sign in")

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
