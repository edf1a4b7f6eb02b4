/* A map of points on plain paper: no tiles, no request to anyone else.
   The lines of latitude and longitude give a sense of place; the list beside holds the same. */
(() => {
  const STEPS = [20, 10, 5, 2, 1, 0.5, 0.2, 0.1, 0.05];
  const NEAR = 18; // pixels: marks closer than this would hide each other

  /** Points that would lie on each other at this zoom become one mark; municipalities lead. */
  const gather = (map, points) => {
    const leading = [...points].sort((one, other) => (other.kind === "municipality") - (one.kind === "municipality"));
    const spots = [];
    for (const point of leading) {
      const at = map.latLngToLayerPoint(point);
      const near = spots.find((spot) => spot.at.distanceTo(at) < NEAR);
      if (near) near.points.push(point);
      else spots.push({ at, points: [point] });
    }
    return spots.sort((one, other) => other.points.length - one.points.length);
  };

  const name = ({ points }) => (points.length === 1 ? points[0].name : `${points[0].name} +${points.length - 1}`);
  const size = ({ points }) => 6 + 2 * Math.sqrt(points.length);

  /** The colour of a kind, where all points of a spot are of that kind. */
  const look = ({ points }) => {
    const kinds = new Set(points.map((point) => point.kind));
    return kinds.size === 1 ? `map__point map__point--${points[0].kind}` : "map__point";
  };

  const links = ({ points }) => {
    const list = document.createElement("ul");
    for (const point of points) {
      const link = document.createElement("a");
      link.href = point.url;
      link.textContent = point.name;
      const row = document.createElement("li");
      row.append(link);
      list.append(row);
    }
    return list;
  };

  const words = (layer, at, text, className, width) => {
    const label = document.createElement("span");
    label.textContent = text;
    const icon = L.divIcon({ className, html: label, iconSize: width ? [width, 20] : null, iconAnchor: [0, 0] });
    L.marker(at, { interactive: false, keyboard: false, icon }).addTo(layer);
  };

  const brush = document.createElement("canvas").getContext("2d");
  const widthOf = (text) => {
    brush.font = `600 13px ${getComputedStyle(document.body).fontFamily}`;
    return brush.measureText(text).width;
  };

  const drawMarks = (map, layer, spots) => {
    layer.clearLayers();
    for (const spot of spots) {
      const mark = L.circleMarker(spot.points[0], { radius: size(spot), className: look(spot) });
      mark.bindTooltip(name(spot));
      mark.bindPopup(links(spot), { maxHeight: 220 }).addTo(layer);
    }
  };

  /** Names beside the marks, those of more members first, none over another. */
  const drawNames = (map, layer, spots) => {
    layer.clearLayers();
    const { x: width, y: height } = map.getSize();
    const placed = spots.map((spot) => ({ spot, at: map.latLngToContainerPoint(spot.points[0]) }));
    const taken = placed.map(({ at, spot }) => [at.x - size(spot), at.y - size(spot), at.x + size(spot), at.y + size(spot)]);
    const meets = (box) => taken.some(([left, top, right, bottom]) => box[0] < right && left < box[2] && box[1] < bottom && top < box[3]);
    for (const { spot, at } of placed) {
      const long = widthOf(name(spot)) + 2;
      const gap = size(spot) + 4;
      const corners = [
        [at.x + gap, at.y - 10],
        [at.x - gap - long, at.y - 10],
        [at.x - long / 2, at.y - gap - 18],
        [at.x - long / 2, at.y + gap - 2],
      ];
      const boxes = corners.map(([left, top]) => [left, top, left + long, top + 20]);
      const box = boxes.find((side) => side[0] > 0 && side[2] < width && side[1] > 0 && side[3] < height && !meets(side));
      if (!box) continue;
      taken.push(box);
      words(layer, map.containerPointToLatLng([box[0], box[1]]), name(spot), "map__name", long);
    }
  };

  const degrees = (value, plus, minus) => `${Math.abs(Math.round(value * 100) / 100)}° ${value < 0 ? minus : plus}`;

  /** Lines at a round distance that leaves four to eight of them in view. */
  const drawLines = (map, layer) => {
    layer.clearLayers();
    const view = map.getBounds().pad(0.2);
    const { x: width, y: height } = map.getSize();
    const step = STEPS.find((length) => (view.getEast() - view.getWest()) / length >= 4) ?? STEPS.at(-1);
    const line = (points) => L.polyline(points, { className: "map__line", interactive: false, pane: "lines" }).addTo(layer);
    const write = (x, y, text) => words(layer, map.containerPointToLatLng([x, y]), text, "map__grid-label");
    for (let lon = Math.ceil(view.getWest() / step) * step; lon <= view.getEast(); lon += step) {
      line([[view.getSouth(), lon], [view.getNorth(), lon]]);
      write(map.latLngToContainerPoint([view.getSouth(), lon]).x + 4, height - 20, degrees(lon, "E", "W"));
    }
    for (let lat = Math.ceil(view.getSouth() / step) * step; lat <= view.getNorth(); lat += step) {
      line([[lat, view.getWest()], [lat, view.getEast()]]);
      const y = map.latLngToContainerPoint([lat, view.getWest()]).y;
      if (y < height - 30) write(width - 56, y - 18, degrees(lat, "N", "S")); // below is the other labels' place
    }
  };

  for (const canvas of document.querySelectorAll("[data-map]")) {
    const points = JSON.parse(document.getElementById(canvas.dataset.map).textContent).map(
      ({ latitude, longitude, ...rest }) => ({ ...rest, lat: latitude, lng: longitude }),
    );
    if (points.length === 0) {
      canvas.hidden = true;
      continue;
    }
    const map = L.map(canvas, { attributionControl: false, zoomControl: false, maxZoom: 12, zoomSnap: 0.25, scrollWheelZoom: false });
    L.control.zoom({ zoomInTitle: canvas.dataset.zoomIn, zoomOutTitle: canvas.dataset.zoomOut }).addTo(map);
    map.createPane("lines").style.zIndex = 350; // below the marks
    map.fitBounds(L.latLngBounds(points), { padding: [36, 36], maxZoom: 8 });
    const [lines, marks, names] = [0, 1, 2].map(() => L.layerGroup().addTo(map));
    let spots = [];
    const zoomed = () => {
      spots = gather(map, points);
      drawMarks(map, marks, spots);
    };
    const moved = () => {
      drawLines(map, lines);
      drawNames(map, names, spots);
    };
    zoomed();
    moved();
    map.on("zoomend", zoomed);
    map.on("moveend", moved);
    // The first click says that the reader means the map, not the page.
    map.once("click", () => map.scrollWheelZoom.enable());
  }
})();
