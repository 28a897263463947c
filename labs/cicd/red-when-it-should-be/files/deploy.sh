# Puts the package on the server. Both variables are needed.
set -eu
: "${DEPLOY_TOKEN:?is empty}" "${STAYS_SERVER:?is empty}"
cp -R stays "$STAYS_SERVER/"
echo "$DEPLOY_TOKEN" >> "$STAYS_SERVER/log"
echo "deployed"
