# The whole service on one machine, as `npm start` runs it. Not for production: there it is a CDK stack.
FROM node:24-slim
WORKDIR /service
COPY package.json package-lock.json ./
RUN npm ci
COPY . .
# The API alone listens beyond the container; the queue and the table ask for no key, and stay inside.
ENV HOST=0.0.0.0 ALLOW=10.0.0.0/8,172.16.0.0/12,192.168.0.0/16 PORT=3000 DATA_DIR=/data
RUN mkdir /data && chown node:node /data /service
USER node
VOLUME /data
EXPOSE 3000
CMD ["npm", "start"]
