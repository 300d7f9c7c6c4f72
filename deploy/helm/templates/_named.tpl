{{- define "loadpath.name" -}}
{{- .Release.Name | trunc 50 | trimSuffix "-" -}}
{{- end }}
{{- define "loadpath.selector" -}}
app.kubernetes.io/name: loadpath
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}
{{- define "loadpath.labels" -}}
{{ include "loadpath.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- end }}
{{/* Of the app and of the check before it: everything by its name, secrets by the name of a file. */}}
{{- define "loadpath.env" -}}
- {name: SMARTAPP_BASE_URL, value: {{ .Values.baseUrl | quote }}}
- {name: SMARTAPP_IDENTIFIER_BASE, value: {{ .Values.identifierBase | quote }}}
- {name: SMARTAPP_TRUSTED_PROXIES, value: {{ .Values.proxies | quote }}}
- {name: SMARTAPP_ISSUERS, value: /etc/loadpath/site/issuers.toml}
{{- if .Values.siteKnowledge }}
- {name: SMARTAPP_SITE_KNOWLEDGE, value: /etc/loadpath/site/knowledge.toml}
{{- end }}
- {name: SMARTAPP_SECRET_FILE, value: /etc/loadpath/secrets/secret}
- {name: SMARTAPP_DATABASE_FILE, value: /etc/loadpath/secrets/database}
{{- if .Values.secrets.previous }}
- {name: SMARTAPP_SECRET_PREVIOUS_FILE, value: /etc/loadpath/secrets/secret-previous}
{{- end }}
{{- if .Values.secrets.next }}
- {name: SMARTAPP_SECRET_NEXT_FILE, value: /etc/loadpath/secrets/secret-next}
{{- end }}
{{- if .Values.keys.name }}
- {name: SMARTAPP_KEYS, value: /etc/loadpath/keys}
{{- end }}
{{- range $name, $value := .Values.settings }}
- {name: {{ $name }}, value: {{ $value | quote }}}
{{- end }}
{{- end }}
{{- define "loadpath.confined" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities: {drop: [ALL]}
{{- end }}
{{- define "loadpath.mounts" -}}
- {name: site, mountPath: /etc/loadpath/site, readOnly: true}
- {name: secrets, mountPath: /etc/loadpath/secrets, readOnly: true}
{{- if .Values.keys.name }}
- {name: keys, mountPath: /etc/loadpath/keys, readOnly: true}
{{- end }}
- {name: state, mountPath: /var/lib/loadpath}
- {name: tmp, mountPath: /tmp}
{{- end }}
