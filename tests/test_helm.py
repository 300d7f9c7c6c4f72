"""The chart of deploy/helm, rendered by helm itself: valid for Kubernetes, confined, and no secret in any of it."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import kubernetes_validate
import pytest
import yaml

from smartapp.settings import table

HELM = Path(sys.executable).parent / "helm"  # of the package helm-binary
CHART = Path(__file__).parents[1] / "deploy" / "helm"
KUBERNETES = "1.30"
DIGEST = f"sha256:{'0' * 64}"
GIVEN = {
    "image": {"repository": "registry.hospital.example/loadpath", "digest": DIGEST},
    "baseUrl": "https://loadpath.hospital.example",
    "identifierBase": "https://hospital.example/rehabilitation",
    "secrets": {"name": "loadpath"},
    "issuers": '[riverside]\niss = "https://ehr.example/fhir"\nclient_id = "a: b"\nauth = "public"\n',
}
EVERYTHING = GIVEN | {
    "secrets": {"name": "loadpath", "previous": True, "next": True},
    "keys": {"name": "loadpath-keys"},
    "siteKnowledge": "[clinic]\n",
    "settings": {"SMARTAPP_CLINIC_PHONE": "555-0100"},
    "imagePullSecrets": [{"name": "registry"}],
    "ingress": {"className": "nginx", "annotations": {"a.example/b": "c"}, "tlsSecret": "tls"},
    "metrics": {"serviceMonitor": True},
    "networkPolicy": {
        "ingressFrom": [{"namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": "ingress"}}}],
        "metricsFrom": [{"namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": "monitoring"}}}],
        "ehrTo": [{"ipBlock": {"cidr": "203.0.113.0/24"}}],
        "databaseTo": [{"ipBlock": {"cidr": "10.0.0.5/32"}}],
    },
    "nodeSelector": {"zone": "a"},
    "tolerations": [{"key": "clinical", "operator": "Exists"}],
}
LEAST = GIVEN | {
    "replicas": 1,
    "autoscaling": {"enabled": False},
    "metrics": {"enabled": False},
    "ingress": {"enabled": False},
    "networkPolicy": {"enabled": False},
}


def helm(*arguments: str, values: dict[str, Any]) -> subprocess.CompletedProcess[str]:
    given = json.dumps(values)
    return subprocess.run(
        [str(HELM), *arguments, str(CHART), "--values", "-"], input=given, capture_output=True, text=True, check=False
    )


def rendered(values: dict[str, Any]) -> list[dict[str, Any]]:
    done = helm("template", "site", values=values)
    assert done.returncode == 0, done.stderr
    return [one for one in yaml.safe_load_all(done.stdout) if one]


def of_kind(values: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    return [one for one in rendered(values) if one["kind"] == kind]


def pod_of(values: dict[str, Any]) -> dict[str, Any]:
    (deployment,) = of_kind(values, "Deployment")
    return deployment["spec"]["template"]["spec"]


@pytest.mark.parametrize("values", [GIVEN, EVERYTHING, LEAST], ids=["given", "everything", "least"])
def test_what_is_rendered_is_valid_and_lint_finds_nothing(values):
    assert (linted := helm("lint", "--strict", values=values)).returncode == 0, linted.stdout
    for one in rendered(values):
        if one["apiVersion"].startswith("monitoring.coreos.com/"):
            continue  # the operator's own
        kubernetes_validate.validate(one, KUBERNETES, strict=True)


@pytest.mark.parametrize("values", [GIVEN, EVERYTHING, LEAST], ids=["given", "everything", "least"])
def test_every_container_is_confined(values):
    pod = pod_of(values)
    assert pod["automountServiceAccountToken"] is False
    confined = pod["securityContext"]
    assert confined["runAsNonRoot"] and confined["seccompProfile"] == {"type": "RuntimeDefault"}
    for container in (*pod["initContainers"], *pod["containers"]):
        assert container["securityContext"] == {
            "allowPrivilegeEscalation": False,
            "readOnlyRootFilesystem": True,
            "capabilities": {"drop": ["ALL"]},
        }
        assert container["image"].endswith(f"@{DIGEST}")
        assert not [each for each in container["env"] if each["name"] in ("SMARTAPP_SECRET", "SMARTAPP_DATABASE")]


def test_the_settings_are_ones_the_app_has():
    names = {each["name"] for each in pod_of(EVERYTHING)["containers"][0]["env"]}
    known = {setting.metadata["variable"] for setting in table()}
    assert {name.removesuffix("_FILE") for name in names} <= known


def test_the_issuers_file_arrives_as_it_was_given():
    (site,) = of_kind(GIVEN, "ConfigMap")
    assert site["data"] == {"issuers.toml": GIVEN["issuers"]}


@pytest.mark.parametrize(
    ("values", "named"),
    [
        (GIVEN | {"baseUrl": "http://loadpath.hospital.example"}, "baseUrl"),
        (GIVEN | {"image": {"repository": "x", "digest": "latest"}}, "digest"),
        (GIVEN | {"settings": {"SMARTAPP_SECRET": "x"}}, "settings"),
        (GIVEN | {"settings": {"SMARTAPP_DATABASE": "x"}}, "settings"),
        (GIVEN | {"replica": 3}, "replica"),
        ({key: value for key, value in GIVEN.items() if key != "issuers"}, "issuers"),
    ],
)
def test_what_is_missing_or_wrong_is_named(values, named):
    done = helm("template", "site", values=values)
    assert done.returncode and named in done.stderr


def test_the_check_before_the_start_finds_nothing_wrong_with_what_is_mounted(tmp_path):
    pod, (site,) = pod_of(GIVEN), of_kind(GIVEN, "ConfigMap")
    mounted = {
        "/etc/loadpath/site": site["data"],
        "/etc/loadpath/secrets": {"secret": "k" * 48, "database": f"sqlite:///{tmp_path}/loadpath.db"},
    }
    places = {mount["mountPath"] for mount in pod["initContainers"][0]["volumeMounts"]}
    assert places == {*mounted, "/var/lib/loadpath", "/tmp"}, "as for the app, nothing else is there"
    for folder, files in mounted.items():
        (tmp_path / folder[1:]).mkdir(parents=True)
        for name, text in files.items():
            (tmp_path / folder[1:] / name).write_text(text)
            (tmp_path / folder[1:] / name).chmod(0o600)
    env = {one["name"]: one["value"].replace("/etc/", f"{tmp_path}/etc/") for one in pod["initContainers"][0]["env"]}
    command = [sys.executable, "-m", *pod["initContainers"][0]["args"]]
    assert command[2] == "smartapp"
    done = subprocess.run(command, env=env, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_pods_are_never_all_away_at_once():
    (deployment,), (budget,), (scaler,) = (
        of_kind(EVERYTHING, kind) for kind in ("Deployment", "PodDisruptionBudget", "HorizontalPodAutoscaler")
    )
    assert "replicas" not in deployment["spec"], "that is the scaler's"
    assert scaler["spec"]["minReplicas"] > budget["spec"]["maxUnavailable"]
    assert deployment["spec"]["strategy"]["rollingUpdate"]["maxUnavailable"] == 0


def test_only_who_is_named_reaches_a_pod():
    (policy,) = of_kind(GIVEN, "NetworkPolicy")
    assert policy["spec"]["ingress"] == []
    (named,) = of_kind(EVERYTHING, "NetworkPolicy")
    assert [[port["port"] for port in rule["ports"]] for rule in named["spec"]["ingress"]] == [[8080], [9090]]
    assert [[port["port"] for port in rule["ports"]] for rule in named["spec"]["egress"]] == [[53, 53], [443], [5432]]
