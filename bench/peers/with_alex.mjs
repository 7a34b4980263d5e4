// alex's checks over posts, in one process: its own pipeline, made once and used again, which its own API does not do.
// usage: node with_alex.mjs POSTS.json FOLDER_OF_NODE_MODULES/    prints one JSON line: posts, cpu_s, messages
import fs from 'node:fs'

const [, , file, modules] = process.argv
const from = async (path) => await import(modules + path)
const { unified } = await from('unified/index.js')
const { VFile } = await from('vfile/index.js')
const { filter } = await from('alex/filter.js')
const plain = async (name) => (await from(`${name}/index.js`)).default

const pipeline = unified()
  .use(await plain('retext-english'))
  .use(await plain('retext-equality'), {})
  .use(await plain('retext-profanities'), {})
  .use(filter, {})
  .freeze()

const look = (post) => {
  const read = new VFile(post)
  pipeline.runSync(pipeline.parse(read), read)
  return read.messages.length
}

const posts = JSON.parse(fs.readFileSync(file, 'utf8'))
posts.slice(0, 500).forEach(look) // compiled by now
const begun = process.cpuUsage()
const messages = posts.reduce((sum, post) => sum + look(post), 0)
const { user, system } = process.cpuUsage(begun)
console.log(JSON.stringify({ posts: posts.length, cpu_s: (user + system) / 1e6, messages }))
