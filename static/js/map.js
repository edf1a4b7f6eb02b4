/* A map of points on plain paper: no tiles, no request to anyone else.
   The lines of latitude and longitude give a sense of place; the list beside holds the same. */
(() => {
  const STEPS = [20, 10, 5, 2, 1, 0.5, 0.2, 0.1, 0.05];

  /** Points at one spot become one mark, so that none hides another. */
  const gather = (points) => {
    const spots = new Map();
    for (const { latitude, longitude, ...rest } of points) {
      const point = { ...rest, lat: latitude, lng: longitude };
      const key = `${latitude.toFixed(3)} ${longitude.toFixed(3)}`;
      spots.set(key, [...(spots.get(key) ?? []), point]);
    }
    return [...spots.values()];
  };

  const links = (points) => {
    const list = document.createElement("ul");
    for (const point of points) {
      const row = document.createElement("li");
      const link = document.createElement("a");
      link.href = point.url;
      link.textContent = point.name;
      row.append(link);
      list.append(row);
    }
    return list;
  };

  const degrees = (value, plus, minus) => {
    const amount = Math.abs(Math.round(value * 100) / 100);
    return `${amount}° ${value < 0 ? minus : plus}`;
  };

  /** Lines at a round distance that leaves four to eight of them in view. */
  const drawLines = (map, layer) => {
    layer.clearLayers();
    const view = map.getBounds().pad(0.2);
    const step = STEPS.find((size) => (view.getEast() - view.getWest()) / size >= 4) ?? STEPS.at(-1);
    const line = (points) => L.polyline(points, { className: "map__line", interactive: false }).addTo(layer);
    const label = (at, text) =>
      L.marker(at, { interactive: false, keyboard: false, icon: L.divIcon({ className: "map__grid-label", html: text, iconSize: null }) }).addTo(layer);
    const shown = map.getBounds();
    for (let lon = Math.ceil(view.getWest() / step) * step; lon <= view.getEast(); lon += step) {
      line([[view.getSouth(), lon], [view.getNorth(), lon]]);
      label(map.containerPointToLatLng([map.latLngToContainerPoint([shown.getSouth(), lon]).x + 4, map.getSize().y - 20]), degrees(lon, "E", "W"));
    }
    for (let lat = Math.ceil(view.getSouth() / step) * step; lat <= view.getNorth(); lat += step) {
      line([[lat, view.getWest()], [lat, view.getEast()]]);
      if (map.latLngToContainerPoint([lat, shown.getWest()]).y > map.getSize().y - 30) continue; // the other labels' place
      label(map.containerPointToLatLng([map.getSize().x - 56, map.latLngToContainerPoint([lat, shown.getWest()]).y - 18]), degrees(lat, "N", "S"));
    }
  };

  /** Names beside the marks, those of more members first, none over another. */
  const drawNames = (map, layer, spots) => {
    layer.clearLayers();
    const taken = spots.map((spot) => map.latLngToContainerPoint(spot[0])).map(({ x, y }) => [x - 8, y - 8, x + 8, y + 8]);
    const meets = (box) => taken.some(([left, top, right, bottom]) => box[0] < right && left < box[2] && box[1] < bottom && top < box[3]);
    for (const spot of spots) {
      const at = map.latLngToContainerPoint(spot[0]);
      const text = name(spot);
      const gap = 10 + Math.sqrt(spot.length) * 2;
      const width = text.length * 7.5;
      const sides = [at.x + gap, at.x - gap - width].map((left) => [left, at.y - 10, left + width, at.y + 10]);
      const box = sides.find((side) => side[0] > 0 && side[2] < map.getSize().x && !meets(side));
      if (!box) continue;
      taken.push(box);
      const label = document.createElement("span");
      label.textContent = text;
      L.marker(map.containerPointToLatLng([box[0], box[1]]), { interactive: false, keyboard: false, icon: L.divIcon({ className: `map__name${box === sides[0] ? "" : " map__name--left"}`, html: label, iconSize: [width, 20], iconAnchor: [0, 0] }) }).addTo(layer);
    }
  };

  const name = (spot) => (spot.length === 1 ? spot[0].name : `${spot[0].name} +${spot.length - 1}`);

  for (const canvas of document.querySelectorAll("[data-map]")) {
    const points = JSON.parse(document.getElementById(canvas.dataset.map).textContent);
    if (points.length === 0) {
      canvas.hidden = true;
      continue;
    }
    const map = L.map(canvas, { attributionControl: false, zoomControl: false, maxZoom: 12, scrollWheelZoom: false });
    L.control.zoom({ zoomInTitle: canvas.dataset.zoomIn, zoomOutTitle: canvas.dataset.zoomOut }).addTo(map);
    map.fitBounds(L.latLngBounds(points.map((point) => [point.latitude, point.longitude])), { padding: [36, 36], maxZoom: 8 });
    const lines = L.layerGroup().addTo(map);
    drawLines(map, lines);
    const names = L.layerGroup().addTo(map);
    const spots = gather(points).sort((one, other) => other.length - one.length);
    for (const spot of spots) {
      const mark = L.circleMarker(spot[0], {
        radius: 6 + 2 * Math.sqrt(spot.length),
        className: `map__point map__point--${spot[0].kind}`,
      });
      mark.bindTooltip(name(spot));
      mark.bindPopup(links(spot), { maxHeight: 220 }).addTo(map);
    }
    drawNames(map, names, spots);
    map.on("moveend", () => {
      drawLines(map, lines);
      drawNames(map, names, spots);
    });
    // The first click says that the reader means the map, not the page.
    map.once("click", () => map.scrollWheelZoom.enable());
  }
})();
