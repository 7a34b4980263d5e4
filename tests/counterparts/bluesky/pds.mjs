// A Bluesky server (PDS) with its directory of identities (PLC), all in memory and on 127.0.0.1: PDS_PORT, PLC_PORT, FOLDER.
// Prints READY when it can be spoken to; ends on SIGTERM.
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';

// both servers would listen on every interface of the machine
const listen = net.Server.prototype.listen;
net.Server.prototype.listen = function (where, ...rest) {
  const place = typeof where === 'object' ? where : { port: Number(where) };
  return listen.call(this, { ...place, host: '127.0.0.1' }, ...rest.filter((each) => typeof each === 'function'));
};

const { Secp256k1Keypair } = await import('@atproto/crypto');
const { PDS } = await import('@atproto/pds');
const { Database, PlcServer } = await import('@did-plc/server');

const [pdsPort, plcPort, folder] = [Number(process.env.PDS_PORT), Number(process.env.PLC_PORT), process.env.FOLDER];
fs.mkdirSync(path.join(folder, 'data'), { recursive: true });
const key = await Secp256k1Keypair.create({ exportable: true });

const plc = PlcServer.create({ db: Database.mock(), port: plcPort });
await plc.start();
const pds = await PDS.fromEnv({
  devMode: true,
  port: pdsPort,
  hostname: 'localhost',
  dataDirectory: path.join(folder, 'data'),
  blobstoreDiskLocation: path.join(folder, 'blobs'),
  didPlcUrl: `http://localhost:${plcPort}`,
  plcRotationKeyK256PrivateKeyHex: Buffer.from(await key.export()).toString('hex'),
  recoveryDidKey: key.did(),
  serviceHandleDomains: ['.test'],
  inviteRequired: false,
  disableSsrfProtection: true,
  adminPassword: 'counterpart',
  jwtSecret: 'a-secret-of-a-server-that-lives-a-minute',
});
await pds.start();
console.log('READY');

const end = async () => {
  try {
    await pds.destroy();
    await plc.destroy();
  } finally {
    process.exit(0);
  }
};
process.on('SIGTERM', end);
process.on('SIGINT', end);
