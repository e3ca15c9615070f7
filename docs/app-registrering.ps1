<#
.SYNOPSIS
  Opretter Postbros appregistrering i Microsoft Entra, eller retter den, der er der. Kan køres igen; resultatet er det samme.

.DESCRIPTION
  Kræver Azure CLI (https://aka.ms/azure-cli) og rollen Application Administrator; samtykket til sidst kræver Privileged Role
  Administrator eller Global Administrator. Appen findes på sit unikke navn, så den aldrig bliver til to. Beskrivelsen af roller og
  scope står i app-registrering.json ved siden af; deres id'er er faste, så tildelte roller bliver stående.

.EXAMPLE
  ./app-registrering.ps1 -TenantId 11111111-2222-3333-4444-555555555555 -AddinHost post.kommune.dk
#>
[CmdletBinding()]
param(
  # Jeres tenant i Entra (Directory ID).
  [Parameter(Mandatory)] [ValidatePattern('^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$')] [string] $TenantId,
  # Værten, som tilføjelsesprogrammet hentes fra: uden https:// og uden sti.
  [Parameter(Mandatory)] [ValidatePattern('^[a-zA-Z0-9.-]+(:[0-9]+)?$')] [string] $AddinHost,
  # Appens unikke navn; kun andet, hvis I har flere gateways.
  [ValidatePattern('^[a-zA-Z0-9._-]{1,64}$')] [string] $UniqueName = 'postbro',
  # Spring samtykket over; en anden giver det i portalen.
  [switch] $NoConsent
)

$ErrorActionPreference = 'Stop'
$graph = 'https://graph.microsoft.com/v1.0'
$application = "$graph/applications(uniqueName='$UniqueName')"
$scopeId = 'd1b0c5a8-6f1e-4d6a-9a0b-6b2c7e0a4001'
# Alle Office-programmer, hvor tilføjelsesprogrammet kan køre (Microsofts eget, fælles id for dem).
$officeClients = 'ea5a67f6-b6f3-4338-b240-c655ddc3cc8e'

function Invoke-Graph([string] $Method, [string] $Url, $Body, [string[]] $Headers = @()) {
  $arguments = @('rest', '--method', $Method, '--url', $Url, '--headers', 'Content-Type=application/json') + $Headers
  $file = $null
  try {
    if ($null -ne $Body) {
      # Som fil: anførselstegn på kommandolinjen forstås ikke ens på Windows og Linux.
      $file = New-TemporaryFile
      [IO.File]::WriteAllText($file.FullName, $(if ($Body -is [string]) { $Body } else { ConvertTo-Json $Body -Depth 20 }))
      $arguments += @('--body', "@$($file.FullName)")
    }
    $answer = & az @arguments
    if ($LASTEXITCODE -ne 0) { throw "Graph svarede ikke, som den skulle, på $Method $Url" }
    if ($answer) { return ($answer -join "`n") | ConvertFrom-Json }
  }
  finally {
    if ($file) { Remove-Item $file.FullName -Force }
  }
}

if (-not (Get-Command az -ErrorAction SilentlyContinue)) { throw 'Azure CLI (az) er ikke installeret.' }
$account = & az account show --query tenantId -o tsv 2>$null
if ($account -ne $TenantId) {
  & az login --tenant $TenantId --allow-no-subscriptions --output none
  if ($LASTEXITCODE -ne 0) { throw 'Der blev ikke logget på.' }
}

Write-Host '1. Appen med scope og roller'
$description = [IO.File]::ReadAllText((Join-Path $PSScriptRoot 'app-registrering.json'))
Invoke-Graph PATCH $application $description @('Prefer=create-if-missing') | Out-Null
$app = Invoke-Graph GET "${application}?`$select=appId,api,spa,identifierUris"

Write-Host '2. Dens adresse, hvor der logges på fra, og hvem der ikke skal spørges'
# Outlook selv logger på fra den første; klienter, der ikke kan, åbner et vindue på den anden.
$own = @("brk-multihub://$($AddinHost.ToLower())", "https://$($AddinHost.ToLower())/addin/log-on.html")
$redirects = @($app.spa.redirectUris) + $own | Where-Object { $_ } | Sort-Object -Unique
$uris = @($app.identifierUris) + "api://$($app.appId)" | Where-Object { $_ } | Sort-Object -Unique
$preAuthorized = @(@($app.api.preAuthorizedApplications) | Where-Object { $_ -and $_.appId -ne $officeClients })
$preAuthorized += @{ appId = $officeClients; delegatedPermissionIds = @($scopeId) }
Invoke-Graph PATCH $application @{
  identifierUris = @($uris)
  spa            = @{ redirectUris = @($redirects) }
  api            = @{
    requestedAccessTokenVersion = 2
    oauth2PermissionScopes      = @($app.api.oauth2PermissionScopes)
    preAuthorizedApplications   = @($preAuthorized)
  }
} | Out-Null

Write-Host '3. Appen i jeres tenant; kun den, der har fået en rolle, kan logge på'
Invoke-Graph PATCH "$graph/servicePrincipals(appId='$($app.appId)')" @{ appRoleAssignmentRequired = $true } @('Prefer=create-if-missing') | Out-Null

if (-not $NoConsent) {
  Write-Host '4. Samtykke for hele organisationen'
  & az ad app permission admin-consent --id $app.appId
  if ($LASTEXITCODE -ne 0) { Write-Warning 'Samtykket blev ikke givet. Bed en Global Administrator om det: Enterprise applications, Postbro, Permissions.' }
}

Write-Host ''
Write-Host 'Skriv dette hos gatewayen:'
Write-Host "  ENTRA_AUDIENCE=$($app.appId)"
Write-Host "  entraTenants: [`"$TenantId`"]   (i ORGANISATIONS_FILE)"
Write-Host ''
Write-Host 'Giv så brugere eller grupper roller: Enterprise applications, Postbro, Users and groups.'
