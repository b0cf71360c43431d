"""Measures the pages; see bench/pages.sh.

usage: pages.py TREEM BASE BARE FOLDER
"""

import csv
import http.client
import json
import os
import re
import statistics
import subprocess
import sys
import time
import urllib.parse

TREEM, BASE, BARE, FOLDER = sys.argv[1:5]
PASSWORD = "mat khau cua phep do"
PEOPLE = int(os.environ.get("PEOPLE", "500"))
HOST = urllib.parse.urlsplit(BASE).netloc
COMMUNES = ["Xã Tà Rụt", "Xã Hướng Hiệp", "Xã Đakrông", "Xã A Vao", "Xã Húc Nghì", "Thị trấn Khe Sanh", "Xã Tân Hợp", "Xã Hướng Phùng"]


def ask(method, path, body=None, cookie=None):
    """Status, headers, bytes and seconds of one request."""
    connection = http.client.HTTPConnection(HOST, timeout=120)
    headers = {"Cookie": cookie} if cookie else {}
    if body is not None:
        body = urllib.parse.urlencode(body)
        headers["Content-Type"] = "application/x-www-form-urlencoded"
    began = time.perf_counter()
    connection.request(method, path, body, headers)
    answer = connection.getresponse()
    content = answer.read()
    return answer.status, answer, content, time.perf_counter() - began


def person(name, role, unit):
    """Makes a person and signs in; their cookie."""
    made = subprocess.run(
        [TREEM, "people", "add", name, "--shown", name, "--role", role, "--unit", unit, "--edition", "2024-06-13", "--json"],
        capture_output=True, text=True, check=False,
    )
    if made.returncode == 0:
        link = json.loads(made.stdout)["link"]
        status, *_ = ask("POST", f"/welcome/{link}", {"password": PASSWORD, "again": PASSWORD})
        assert status in (302, 303), status
    status, answer, _, _ = ask("POST", "/sign-in", {"name": name, "password": PASSWORD})
    assert status in (302, 303), f"{name}: {status}"
    return re.match(r"[^;]+", answer.getheader("set-cookie")).group(0)


for _ in range(100):
    try:
        ask("GET", "/alive")
        break
    except OSError:
        time.sleep(0.1)

# An account each; one after the other, so that no name and no address fails often enough to be locked out.
began = time.perf_counter()
cookies = [person(f"can-bo-{number}", "officer", COMMUNES[number % len(COMMUNES)]) for number in range(PEOPLE)]
province = person("lanh-dao-tinh", "province", "Tỉnh Quảng Trị")
with open(f"{FOLDER}/sessions.csv", "w", encoding="utf-8") as out:
    out.writelines(f"{cookie}\n" for cookie in cookies)
print(f"{PEOPLE} accounts and sessions: {time.perf_counter() - began:.0f} s")

alone = {}
print("a page alone, milliseconds (median of 30; p95); bytes")
AT = "day=13/6/2024&edition=2024-06-13"
PAGES = [("/today", None), ("/list", None), ("/entry", None), ("/duplicates", None), ("/import", None), ("/find", {"what": "ho thi m"}), ("/handover", None)]
REPORTS = [f"/report?{AT}", f"/report?{AT}&level=commune", f"/report?{AT}&level=hamlet", f"/report?{AT}&compare=1/1/2024", "/report", "/report/why", "/report/when",
           f"/report/why?{AT}", f"/report/when?{AT}", "/letter?day=13/6/2024", "/letter?day=13/6/2024&kind=commune", "/missing"]
for who, cookie in (("officer", cookies[0]), ("province", province)):
    for path, body in PAGES + [(path, None) for path in REPORTS]:
        times = []
        for _ in range(30):
            status, _, content, seconds = ask("POST" if body else "GET", path, body, cookie)
            times.append(seconds * 1000)
        times.sort()
        alone[who, path] = statistics.median(times)
        print(f"  {who:9} {path:52} {status} {statistics.median(times):8.1f} {times[28]:8.1f} {len(content):8}")



def locust(people, wait, seconds):
    """Median and 95th percentile by page, as locust counts them, and failures."""
    subprocess.run(
        ["bench/.venv/bin/locust", "-f", "bench/pages_locust.py", "--headless", "-u", str(people), "-r", "50", "-t", f"{seconds}s", "--host", BASE,
         "--csv", f"{FOLDER}/locust", "--only-summary", "--reset-stats"],
        env={**os.environ, "TREEM_SESSIONS": f"{FOLDER}/sessions.csv", "TREEM_WAIT": str(wait)}, capture_output=True, text=True, check=False,
    )
    with open(f"{FOLDER}/locust_stats.csv", encoding="utf-8") as lines:
        return {row["Name"]: row for row in csv.DictReader(lines)}


# The same tool measures both: what it adds by itself stands in both figures.
one = locust(1, 0.1, 40)
many = locust(PEOPLE, 10, 120)
print(f"{PEOPLE} people, a page per 10 s each, 120 s, beside one person alone (locust), ms")
for name in ("today", "list", "entry", "find"):
    alone_ms, p95 = float(one[name]["50%"]), float(many[name]["95%"])
    print(
        f"  {name:6} alone: median {alone_ms:5.0f} p95 {one[name]['95%']:>5}   many: requests {many[name]['Request Count']:>5} failures {many[name]['Failure Count']:>3}"
        f" median {many[name]['50%']:>5} p95 {p95:5.0f}   p95 / alone {p95 / max(alone_ms, 1):.1f}"
    )

print("most pages per second (wrk, 2 threads, 32 connections, 15 s)")
figures = {}
for name, url, cookie in (("bare axum page", f"{BARE}/", None), ("/today", f"{BASE}/today", cookies[0]), ("/list", f"{BASE}/list", cookies[0])):
    command = ["wrk", "-t2", "-c32", "-d15s", url]
    if cookie:
        command += ["-H", f"Cookie: {cookie}"]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    figures[name] = float(re.search(r"Requests/sec:\s+([\d.]+)", said).group(1))
    errors = re.search(r"Non-2xx.*: (\d+)", said)
    print(f"  {name:15} {figures[name]:10.0f} a second, answers that were no page: {errors.group(1) if errors else 0}, {figures[name] / figures['bare axum page']:.3f} of the bare page")
