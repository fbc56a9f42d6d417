"""SpiffWorkflow: one user task of one case. The case is read as JSON, the task completed, the case stored again.

Each step has a case of its own, with nothing behind it: the JSON of a long case would cost more."""

import sqlite3
from collections.abc import Callable, Iterator
from typing import Any

from SpiffWorkflow.bpmn.parser import BpmnParser
from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.util.task import TaskState

from bench.peers.line import address, serve

BPMN = b"""<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="peer">
 <process id="case" isExecutable="true">
  <startEvent id="start"><outgoing>a</outgoing></startEvent>
  <sequenceFlow id="a" sourceRef="start" targetRef="attach"/>
  <userTask id="attach" name="attach"><incoming>a</incoming><outgoing>b</outgoing></userTask>
  <sequenceFlow id="b" sourceRef="attach" targetRef="conclude"/>
  <userTask id="conclude" name="conclude"><incoming>b</incoming><outgoing>c</outgoing></userTask>
  <sequenceFlow id="c" sourceRef="conclude" targetRef="end"/>
  <endEvent id="end"><incoming>c</incoming></endEvent>
 </process>
</definitions>"""

parser = BpmnParser()
parser.add_bpmn_str(BPMN)
spec = parser.get_spec("case")
serializer = BpmnWorkflowSerializer()
database: Any = sqlite3.connect(address().removeprefix("sqlite://"), isolation_level=None)
database.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;")
database.execute("CREATE TABLE kept (id INTEGER PRIMARY KEY, body TEXT NOT NULL)")


def ready(number: int) -> Iterator[Callable[[], Any]]:
    workflow = BpmnWorkflow(spec)
    workflow.do_engine_steps()
    body = serializer.serialize_json(workflow)
    database.execute("BEGIN")
    keys = [database.execute("INSERT INTO kept (body) VALUES (?)", (body,)).lastrowid for _ in range(number)]
    database.execute("COMMIT")
    for key in keys:
        yield lambda key=key: step(key)


def step(key: int) -> None:
    database.execute("BEGIN IMMEDIATE")
    (body,) = database.execute("SELECT body FROM kept WHERE id = ?", (key,)).fetchone()
    workflow = serializer.deserialize_json(body)
    task = workflow.get_next_task(state=TaskState.READY, manual=True)
    assert task.task_spec.name == "attach", task
    task.set_data(title="会议纪要", kind="纪要", by="sun.li")
    task.run()
    workflow.do_engine_steps()
    database.execute("UPDATE kept SET body = ? WHERE id = ?", (serializer.serialize_json(workflow), key))
    database.execute("COMMIT")


serve("SpiffWorkflow", ready)
